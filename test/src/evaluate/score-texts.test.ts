import { desc, op, table } from 'arquero';
import { expect, test } from 'vitest';
import { scoreTexts } from '../../../src/evaluate/index.ts';

const texts = table({
  id: [1, 2, 3, 4],
  mine: ['the cat sat', 'a dog', null, 'The Cat'],
  gold: ['the cat sat', 'the cat sat', 'the cat sat', ['dog', 'cat']],
});

test('each row has its scores, and a row without a prediction has none', () => {
  const found = scoreTexts(texts, { prediction: 'mine', reference: 'gold' });
  const rows = found.objects() as Record<string, unknown>[];
  expect(rows[0]).toMatchObject({ id: 1, rouge1: 100, rouge2: 100, rougeL: 100, exactMatch: 1 });
  expect(rows[0]?.bleu).toBeCloseTo(100, 9);
  expect(rows[1]).toMatchObject({ rouge1: 0, rougeL: 0, exactMatch: 0 });
  expect(rows[2]).toMatchObject({ bleu: null, rouge1: null, exactMatch: null });
  // Of two references the best: "the cat" and "cat" share one word of two and one.
  expect(rows[3]?.rouge1).toBeCloseTo((100 * 2) / 3, 9);
  expect(rows[3]?.exactMatch).toBe(1);
});

test('a table that is filtered and ordered keeps its rows and order', () => {
  const ordered = texts.filter((row: { id: number }) => row.id !== 2).orderby(desc('id'));
  const found = scoreTexts(ordered, { prediction: 'mine', reference: 'gold' });
  expect(
    (found.objects() as { id: number; exactMatch: number | null }[]).map(row => [row.id, row.exactMatch]),
  ).toEqual([
    [4, 1],
    [3, null],
    [1, 1],
  ]);
  expect(found.rollup({ mean: op.mean('exactMatch') }).get('mean', 0)).toBe(1);
});

test('a column that is not there is named', () => {
  expect(() => scoreTexts(texts, { prediction: 'yours', reference: 'gold' })).toThrow(
    'a column yours is required, found id, mine, gold',
  );
});
