import { expect, test } from 'vitest';
import { diversity } from '../../src/data/index.ts';
import { bleu } from '../../src/text/index.ts';
import { recordRows } from './real-texts.ts';
import { runPython } from './run-python.ts';

const instructions = async () =>
  (await recordRows<{ instruction: string }>('alpaca')).map(({ instruction }) => instruction);

test('the nearest of 2,000 real queries are those that scoring all pairs finds', async () => {
  const queries = (await instructions()).slice(10_000, 12_000);
  const { scores, nearest } = await diversity(queries);
  const best = queries.map((query, i) =>
    queries.reduce((most, other, j) => (i === j ? most : Math.max(most, bleu(query, other))), 0),
  );
  const wrong = queries.filter((query, i) => {
    const found = queries[nearest[i] as number];
    const attained = found === undefined ? 0 : bleu(query, found);
    return (
      Math.abs((scores[i] as number) - (best[i] as number)) > 1e-9 ||
      Math.abs(attained - (best[i] as number)) > 1e-9
    );
  });
  expect(wrong).toEqual([]);
});

test('the nearest of 200 real queries score what sacrebleu gives them on all pairs', async () => {
  const queries = (await instructions()).slice(30_000, 30_200);
  const { value } = await diversity(queries);
  const pairs = queries.flatMap((query, i) =>
    queries.flatMap((other, j) => (i === j ? [] : [[query, [other]]])),
  );
  const theirs = await runPython<number[]>('score-texts.py', { work: 'sentence_bleu', pairs });
  const best = queries.map((_, i) => Math.max(...theirs.slice(i * 199, (i + 1) * 199)));
  expect(value).toBeCloseTo(best.reduce((sum, score) => sum + score, 0) / best.length, 9);
});
