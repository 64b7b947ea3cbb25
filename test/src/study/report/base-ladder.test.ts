import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { StudyRow } from '../../../../src/schema.ts';

const recorded = new URL('../../../../data/runs/mini/rows.jsonl', import.meta.url);

test('the largest base model of the recorded study knows more facts than the smallest, in every seed by more than both intervals', async () => {
  const rows: StudyRow[] = (await readFile(recorded, 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const bases = rows.filter(({ model, measure }) => model === 'base' && measure === 'facts.exact-match');
  const seeds = [...new Set(bases.map(({ seed }) => seed))];
  expect(seeds.length).toBeGreaterThan(0);
  for (const seed of seeds) {
    const ladder = bases.filter(row => row.seed === seed).sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
    expect(ladder.length).toBeGreaterThanOrEqual(4);
    const high = ladder[0]?.high ?? Number.NaN;
    const low = ladder.at(-1)?.low ?? Number.NaN;
    expect([seed, low > high]).toEqual([seed, true]);
  }
});
