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

test('a tokenizer counts texts of other scripts, and without one a note says once that ROUGE does not', () => {
  const chinese = table({
    mine: ['春眠不觉晓', '处处闻啼鸟', 'one'],
    gold: ['春眠不觉醒', '处处闻啼鸟', 'one'],
  });
  const columns = { prediction: 'mine', reference: 'gold' };
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  expect(scoreTexts(chinese, { ...columns, onNote }).array('rouge1')).toEqual([0, 0, 100]);
  expect(notes).toEqual([
    'ROUGE counts words of a–z and 0–9, and sees none in 4 of 6 texts. They score 0; the tokenizers zh, intl and char count words and characters of all scripts.',
  ]);
  const found = scoreTexts(chinese, { ...columns, onNote, tokenizer: 'zh' });
  expect(found.array('rouge1')).toEqual([expect.closeTo(80, 9), 100, 100]);
  // Of five characters 4, 3, 2 and 1 n-grams match.
  expect(found.get('bleu', 0)).toBeCloseTo(100 * ((4 / 5) * (3 / 4) * (2 / 3) * (1 / 2)) ** (1 / 4), 9);
  expect(notes.length).toBe(1);
});
