import { expect, test } from 'vitest';
import {
  answerMarks,
  countMarks,
  MAX_ANALYSED,
  withMatches,
} from '../../extension/src/comparison/answer-marks.ts';
import type { ComparisonItem, SentenceLabel } from '../../src/schema.ts';

const pair = { teacher: 't', model: 'm' };
const item = (t: string, m: string, labels: SentenceLabel[] = []): ComparisonItem => ({
  promptId: 'p',
  prompt: 'P',
  answers: { t: { text: t }, m: { text: m } },
  labels,
});
const label = (start: number, quote: string): SentenceLabel => ({
  promptId: 'p',
  model: 'm',
  start,
  end: start + quote.length,
  quote,
  label: 'incorrect',
  annotator: 'ann',
  source: 'human',
});
const spans = (marks: { kind: string; start: number; end: number }[], kind: string) =>
  marks.filter(mark => mark.kind === kind).map(({ start, end }) => [start, end]);

test('overlapping words that are neighbours make one stretch and count as words', () => {
  const marks = answerMarks(item('the red fox', 'a fox, the red one'), 'm', pair);
  expect(spans(marks.marks, 'shared')).toEqual([
    [2, 5],
    [7, 14],
  ]);
  expect(countMarks([marks]).get('shared')).toBe(3);
});

test('the difference marks what the other answer lacks, on both sides', () => {
  const both = item('red fox', 'blue fox');
  expect(spans(answerMarks(both, 't', pair).marks, 'diff')).toEqual([[0, 3]]);
  expect(spans(answerMarks(both, 'm', pair).marks, 'diff')).toEqual([[0, 4]]);
});

test('structure marks opening, list lines and summary; the first item begins the list', () => {
  const text = 'Intro:\n\n1. one\n2. two\n\nOverall, done.';
  const { marks } = answerMarks(item(text, 'x'), 't', pair);
  const parts = marks.filter(({ kind }) => kind === 'structure');
  expect(parts.map(({ part, start, end }) => [part, text.slice(start, end)])).toEqual([
    ['list', '1. one'],
    ['item', '2. two'],
    ['opening', 'Intro:'],
    ['summary', 'Overall, done.'],
  ]);
});

test('search marks every match', () => {
  const marks = withMatches(answerMarks(item('', 'ABAB'), 'm', pair), 'ABAB', 'b');
  expect(spans(marks.marks, 'search')).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a label whose text moved follows its quote, the nearest one', () => {
  const moved = answerMarks(item('', 'No. Wrong. So wrong. Wrong.', [label(15, 'Wrong.')]), 'm', pair);
  expect(spans(moved.marks, 'incorrect')).toEqual([[21, 27]]);
  expect(moved.lost).toBe(0);
});

test('a label whose quote is gone is counted as lost, not drawn', () => {
  const lost = answerMarks(item('', 'Right.', [label(0, 'Wrong.')]), 'm', pair);
  expect(spans(lost.marks, 'incorrect')).toEqual([]);
  expect(lost.lost).toBe(1);
});

test('labels of another answer stay there', () => {
  expect(answerMarks(item('Wrong.', 'Wrong.', [label(0, 'Wrong.')]), 't', pair).marks).not.toContainEqual(
    expect.objectContaining({ kind: 'incorrect' }),
  );
});

test('an endless answer is not analysed, and costs its neighbour no comparison', () => {
  const huge = item('short', 'x'.repeat(MAX_ANALYSED + 1));
  expect(answerMarks(huge, 'm', pair)).toEqual({ marks: [], lost: 0, tooLong: true });
  expect(spans(answerMarks(huge, 't', pair).marks, 'diff')).toEqual([]);
});

test('a missing answer has no marks, also under the name of an inherited property', () => {
  const lonely: ComparisonItem = { promptId: 'p', prompt: 'P', answers: { t: { text: 'a b' } } };
  const odd = { teacher: 't', model: 'constructor' };
  expect(answerMarks(lonely, 'constructor', odd).marks).toEqual([]);
  expect(spans(answerMarks(lonely, 't', odd).marks, 'shared')).toEqual([]);
});
