import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import {
  type Benchmark,
  benchmark,
  compareResults,
  type EvaluateOptions,
  evaluate,
  loadEvaluation,
  matchResults,
} from '../../../src/evaluate/index.ts';

interface Item {
  id: string;
  answer: string;
}

const letters = benchmark<Item>({
  name: 'letters',
  shots: 1,
  items: [...'abcdefgh'].map(id => ({ id, answer: id.toUpperCase() })),
  buildPrompt: ({ id }) => ({
    prompt: { examples: [{ question: 'z:', answer: 'Z' }], question: `${id}:` },
  }),
  score: ({ answer }, { text }) => ({ exact: text === answer ? 1 : 0, length: text.length / 10 }),
});

/** Model that knows some letters, and says `?` of the others; it fails on one. */
function knowing(known: string, failsOn?: string): LanguageModel {
  return {
    name: `knows ${known}`,
    identity: known,
    parameters: 26,
    price: { input: 1, output: 2 },
    async *generate(prompts) {
      for (const { id, text: prompt } of prompts) {
        const letter = prompt.at(-2) ?? '';
        const row = { promptId: id, model: known, evidence: 'live' } as const;
        const error = { kind: 'timeout', message: 'late' } as const;
        if (letter === failsOn) yield { ...row, text: null, finish: 'error', error };
        else yield { ...row, text: known.includes(letter) ? letter.toUpperCase() : '??', finish: 'stop' };
      }
    },
  };
}

const run = (known: string, options: EvaluateOptions = {}, asked: Benchmark<Item> = letters) =>
  evaluate(knowing(known), asked, options);

/** The fields in which two results differ. */
async function fields(a: Promise<Parameters<typeof matchResults>[0]>, b: typeof a): Promise<string[]> {
  const matched = matchResults(await a, await b);
  return matched.matches ? [] : matched.differences.map(({ field }) => field);
}

describe('two results', () => {
  test('of one benchmark, form and set of items are paired', async () => {
    const matched = matchResults(await run('abc'), await run('abcd'));
    expect(
      matched.matches && matched.pairs.map(({ id, a, b }) => [id, a.scores.exact, b.scores.exact]),
    ).toEqual([['a', 1, 1], ['b', 1, 1], ['c', 1, 1], ['d', 0, 1], ...[...'efgh'].map(id => [id, 0, 0])]);
  });

  test('that differ are refused by the fields in which they do', async () => {
    const renamed = { ...letters, name: 'signs' };
    const others = letters.items.map(item => ({ ...item, id: `${item.id}2` }));
    expect(await fields(run('a'), run('a', { promptFormat: 'chat-few-shot' }))).toEqual(['promptFormat']);
    expect(await fields(run('a'), run('a', { promptFormat: 'chat' }))).toEqual(
      expect.arrayContaining(['promptFormat', 'shots', 'promptDigest', 'prompts']),
    );
    expect(await fields(run('a'), run('a', {}, renamed))).toEqual(['benchmark']);
    expect(await fields(run('a'), run('a', {}, { ...letters, version: '2' }))).toEqual(['version']);
    expect(await fields(run('a'), run('a', {}, { ...letters, scorer: 'strict' }))).toEqual(['version']);
    expect(await fields(run('a'), run('a', { limit: 5 }))).toEqual(['items', 'ids']);
    expect(await fields(run('a'), run('a', {}, { ...letters, items: others }))).toContain('ids');
    // The same questions with another answer to one of them.
    const corrected = letters.items.map(item => (item.id === 'h' ? { ...item, answer: 'Aitch' } : item));
    expect(await fields(run('a'), run('a', {}, { ...letters, items: corrected }))).toEqual(['data']);
  });

  test('of which one has more items are paired by those in common, where that is asked for', async () => {
    const [all, five] = [await run('ab'), await run('abc', { limit: 5 })];
    const matched = matchResults(all, five, { items: 'common' });
    expect(matched.matches && matched.pairs.map(({ id }) => id)).toEqual([...'abcde']);
    // The last three, of which the first request is another one.
    const last = await run('ab', {}, { ...letters, items: letters.items.slice(5) });
    const few = matchResults(all, last, { items: 'common' });
    expect(few.matches && few.pairs.map(({ id }) => id)).toEqual([...'fgh']);
    expect(matchResults(five, last, { items: 'common' })).toEqual({
      matches: false,
      differences: [{ field: 'ids', a: '5 of its own', b: '3 of its own' }],
    });
    const chat = await run('ab', { promptFormat: 'chat-few-shot', limit: 5 });
    expect(matchResults(all, chat, { items: 'common' }).matches).toBe(false);
  });

  test('that differ have no difference', async () => {
    const [raw, chat] = [await run('ab'), await run('abc', { promptFormat: 'chat-few-shot' })];
    expect(() => compareResults(raw, chat)).toThrow(
      'Cannot compare letters of knows ab with letters of knows abc: results must be of one benchmark, form and set of items, found promptFormat raw and chat-few-shot',
    );
  });
});

describe('the comparison of two results', () => {
  test('has means, difference, interval and McNemar’s exact test of right and wrong answers', async () => {
    const [exact, length] = compareResults(await run('abcdef'), await run('')) as [
      ReturnType<typeof compareResults>[0],
      ReturnType<typeof compareResults>[0],
    ];
    expect(exact).toMatchObject({ metric: 'exact', means: { a: 0.75, b: 0 }, value: 0.75, n: 8 });
    // Six of six that differ: 2 · 2⁻⁶.
    expect(exact).toMatchObject({ test: 'mcnemar', p: expect.closeTo(0.03125, 12) });
    expect(exact.low).toBeGreaterThan(0.3);
    expect(exact.high).toBeLessThanOrEqual(1);
    // Six answers of one character, two of two; all of two.
    expect(length).toMatchObject({ test: 'permutation', value: expect.closeTo(-0.075, 10), p: 0.03125 });
  });

  test('leaves out what either model has no score of', async () => {
    const failing = await evaluate(knowing('abc', 'a'), letters);
    const [exact] = compareResults(failing, await run(''));
    expect(exact).toMatchObject({ n: 7, value: 2 / 7, means: { a: 2 / 7, b: 0 } });
  });
});

describe('a stored folder', () => {
  const folder = () => mkdtemp(join(tmpdir(), 'match-'));

  test('is loaded as what was returned, and matches it', async () => {
    for (const promptFormat of ['raw', 'chat', 'chat-few-shot', 'chat-multiturn'] as const) {
      const out = await folder();
      const result = await run('abc', { folder: out, promptFormat });
      const loaded = await loadEvaluation(out);
      expect(loaded).toEqual(result);
      expect(loaded).toMatchObject({ parameters: 26, price: { output: 2 } });
      expect(loaded.text()).toBe(result.text());
      expect(matchResults(loaded, result).matches).toBe(true);
    }
  });

  /** Rewrites a folder as 0.2 left it: without digests and versions, and `chat` for examples in the turn. */
  async function aged(out: string): Promise<void> {
    const results = join(out, 'results.json');
    const { config, versions: _, ...stored } = JSON.parse(await readFile(results, 'utf8'));
    const promptFormat = config.promptFormat === 'raw' ? 'raw' : 'chat';
    await writeFile(results, JSON.stringify({ ...stored, config: { model: config.model, promptFormat } }));
    const rows = (await readFile(join(out, 'items.jsonl'), 'utf8')).trim().split('\n');
    const old = rows.map(line => {
      const { promptFormat: _, promptDigest: __, ...row } = JSON.parse(line);
      return `${JSON.stringify(row)}\n`;
    });
    await writeFile(join(out, 'items.jsonl'), old.join(''));
  }

  test.each([
    ['raw', 'raw'],
    ['chat-few-shot', 'chat-few-shot'],
  ] as const)(
    'of an earlier version in the format %s matches a new one of %s alone',
    async (wrote, matching) => {
      const out = await folder();
      await run('abc', { folder: out, promptFormat: wrote });
      await aged(out);
      const loaded = await loadEvaluation(out);
      expect(loaded).toMatchObject({ promptFormat: wrote, shots: 1, items: { length: 8 } });
      for (const promptFormat of ['raw', 'chat', 'chat-few-shot', 'chat-multiturn'] as const)
        expect(matchResults(loaded, await run('ab', { promptFormat })).matches).toBe(
          promptFormat === matching,
        );
    },
  );

  test('without results, of two runs, or with a row that is none, is refused by name', async () => {
    const out = await folder();
    await expect(loadEvaluation(out)).rejects.toThrow('results.json is required, found none');
    await run('abc', { folder: out });
    const path = join(out, 'items.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.slice(0, 3).join('\n'));
    await expect(loadEvaluation(out)).rejects.toThrow('must be of one run, found 8 and 3 items');
    await writeFile(path, '{"id": "a", "prompt": 7}\n');
    await expect(loadEvaluation(out)).rejects.toThrow(
      /items\.jsonl:1: the row\.prompt must be a string, got 7/,
    );
  });
});
