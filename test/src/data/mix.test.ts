import { expect, test } from 'vitest';
import type { ImitationSet } from '../../../src/data/imitation-set.ts';
import { buildMix } from '../../../src/data/mix.ts';
import { nestedSubsets } from '../../../src/data/subset.ts';
import type { Dialogue } from '../../../src/schema.ts';

const dialogue = (id: string, query: string): Dialogue => ({
  id,
  turns: [
    { role: 'user', content: query },
    { role: 'assistant', content: 'an answer' },
  ],
});
const set = (name: string, ...dialogues: Dialogue[]): ImitationSet => ({
  name,
  dialogues,
  counts: [{ step: 'read', before: 9, after: dialogues.length }],
});

test('a query of an earlier set is left out of a later one, while answers of one set stay', () => {
  const mixed = buildMix('mix', [
    set('sharegpt', dialogue('1', 'Why?')),
    set('hc3', dialogue('1', 'Why? '), dialogue('2', 'How?'), dialogue('3', 'How?')),
  ]);
  expect(mixed.dialogues.map(({ id }) => id)).toEqual(['sharegpt/1', 'hc3/2', 'hc3/3']);
  expect(mixed.counts).toEqual([
    { step: 'sharegpt: read', before: 9, after: 1 },
    { step: 'hc3: read', before: 9, after: 3 },
    { step: 'the first query is in no earlier set', before: 4, after: 3 },
  ]);
});

const hundred = Array.from({ length: 100 }, (_, i) => dialogue(String(i), `Question ${i}?`));
const countTokens = ({ id }: Dialogue) => 10 + Number(id);

test('each larger subset holds the smaller ones, and none exceeds its budget', () => {
  const subsets = nestedSubsets(hundred, { budgets: [3000, 500, 1000], countTokens, seed: 1 });
  expect(subsets.map(({ budget }) => budget)).toEqual([500, 1000, 3000]);
  for (const [index, { budget, tokens, dialogues }] of subsets.entries()) {
    expect(tokens).toBe(dialogues.reduce((sum, each) => sum + countTokens(each), 0));
    expect(tokens).toBeLessThanOrEqual(budget);
    expect(tokens).toBeGreaterThan(budget - 110);
    expect(dialogues.slice(0, subsets[index - 1]?.dialogues.length ?? 0)).toEqual(
      subsets[index - 1]?.dialogues ?? [],
    );
  }
});

test('a dialogue is counted once, and none behind the first that is too many', () => {
  const counted: string[] = [];
  const count = (dialogue: Dialogue) => {
    counted.push(dialogue.id);
    return countTokens(dialogue);
  };
  const [, larger] = nestedSubsets(hundred, { budgets: [500, 1000], countTokens: count, seed: 1 });
  const ids = larger?.dialogues.map(({ id }) => id) ?? [];
  expect(counted.slice(0, -1)).toEqual(ids);
  expect(ids).not.toContain(counted.at(-1));
});

test('a seed decides which dialogues are in a subset', () => {
  const ids = (seed: number) =>
    nestedSubsets(hundred, { budgets: [500], countTokens, seed })[0]?.dialogues.map(({ id }) => id);
  expect(ids(1)).toEqual(ids(1));
  expect(ids(1)).not.toEqual(ids(2));
});

test('a budget beyond the set, or none, is refused with what there is', () => {
  const take = (budget: number) => nestedSubsets(hundred, { budgets: [budget], countTokens, seed: 1 });
  // 100 · 10 + 0 + 1 + … + 99
  expect(() => take(5951)).toThrow(
    'Cannot take a subset of 5951 tokens: as many are required, the set has 5950',
  );
  expect(take(5950)[0]?.dialogues).toHaveLength(100);
  expect(() => take(0)).toThrow('budgets above 0 are required, found 0');
});
