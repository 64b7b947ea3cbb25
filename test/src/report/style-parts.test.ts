import { expect, test } from 'vitest';
import { styleParts } from '../../../src/report/style-parts.ts';
import { pairStyle } from '../../../src/text/index.ts';

const LIST = '- one\n- two';
/** The teacher has a list in the first four of eight answers. */
const teacher = Array.from({ length: 8 }, (_, i) => (i < 4 ? LIST : `plain text ${'word '.repeat(i)}`));
const beside = (texts: readonly string[]) => teacher.map((text, i) => pairStyle(text, texts[i] ?? ''));
/** A model with a list in this many of the answers in which the teacher has one, and the teacher's words elsewhere. */
const withLists = (count: number) =>
  teacher.map((text, i) => (i < 4 ? (i < count ? LIST : 'one two') : text));

test('each measure is a part of the way from base to the teacher itself', () => {
  const parts = styleParts({ student: beside(withLists(2)), base: beside(withLists(1)) }, { resamples: 200 });
  // Lists: (2/4 − 1/4) / (1 − 1/4); neither writes a list where the teacher has none, so J is the same.
  expect(parts.list.value).toBeCloseTo(1 / 3, 9);
  expect(parts.listDifference.value).toBeCloseTo(1 / 3, 9);
  expect(parts.list.n).toBe(8);
  expect(parts.list.low).toBeLessThanOrEqual(1 / 3);
  expect(parts.list.high).toBeGreaterThanOrEqual(1 / 3);
  // No summary anywhere: P(summary | teacher) is undefined.
  expect(parts.summary).toEqual({ value: null, low: null, high: null, n: 8 });
});

test('the second sample of the teacher is the end of the scale where there is one', () => {
  const [student, base] = [beside(withLists(2)), beside(withLists(0))];
  const parts = styleParts({ student, base, secondTeacher: beside(withLists(2)) }, { resamples: 20 });
  expect(parts.list.value).toBe(1);
  expect(styleParts({ student: base, base, secondTeacher: student }, { resamples: 20 }).list.value).toBe(0);
  expect(styleParts({ student, base, secondTeacher: base }, { resamples: 20 }).list.value).toBeNull();
});

test('a part that student and base never have, or the student always, has an interval with a width', () => {
  const none = beside(withLists(0));
  // Wilson's bound of 0 of 4 is .490, and square and add of 0 and 0 gives it on both sides.
  const { list } = styleParts({ student: none, base: none }, { resamples: 20 });
  expect(list).toEqual({ value: 0, low: expect.closeTo(-0.49, 3), high: expect.closeTo(0.49, 3), n: 8 });
  const always = styleParts({ student: beside(withLists(4)), base: none }, { resamples: 20 });
  // 1 − √(.49² + .49²)
  expect(always.list).toMatchObject({
    value: 1,
    low: expect.closeTo(1 - Math.hypot(0.49, 0.49), 3),
    high: 1,
  });
});

test('equal answers are nowhere else, where their share varies', () => {
  const some = beside(withLists(2));
  expect(styleParts({ student: some, base: some }, { resamples: 50 }).list).toMatchObject({
    low: 0,
    high: 0,
  });
});
