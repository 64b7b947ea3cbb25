import { expect, test } from 'vitest';
import { segments } from '../../extension/src/comparison/segments.ts';

const mark = (name: string, start: number, end: number) => ({ name, start, end });
const drawn = (length: number, marks: ReturnType<typeof mark>[]) =>
  segments(length, marks).map(part => [part.start, part.end, part.marks.map(({ name }) => name).join('')]);

test('a text without marks is one plain segment', () => {
  expect(drawn(5, [])).toEqual([[0, 5, '']]);
  expect(drawn(0, [])).toEqual([]);
});

test('overlapping marks are cut where any begins or ends', () => {
  expect(drawn(10, [mark('a', 1, 6), mark('b', 4, 8)])).toEqual([
    [0, 1, ''],
    [1, 4, 'a'],
    [4, 6, 'ab'],
    [6, 8, 'b'],
    [8, 10, ''],
  ]);
});

test('nested marks keep the order in which they were given', () => {
  expect(drawn(6, [mark('word', 2, 4), mark('line', 0, 6)])).toEqual([
    [0, 2, 'line'],
    [2, 4, 'wordline'],
    [4, 6, 'line'],
  ]);
});

test('adjacent marks touch without a gap', () => {
  expect(drawn(4, [mark('a', 0, 2), mark('b', 2, 4)])).toEqual([
    [0, 2, 'a'],
    [2, 4, 'b'],
  ]);
});

test('marks are clipped to the text, and empty or outside ones ignored', () => {
  expect(drawn(4, [mark('a', -2, 1), mark('b', 3, 9), mark('c', 2, 2), mark('d', 7, 9)])).toEqual([
    [0, 1, 'a'],
    [1, 3, ''],
    [3, 4, 'b'],
  ]);
});
