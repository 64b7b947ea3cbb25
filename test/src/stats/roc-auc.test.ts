import { expect, test } from 'vitest';
import { rocAuc } from '../../../src/stats/index.ts';

test('the area is the share of pairs in the right order, ties counting half', () => {
  expect(rocAuc([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toBe(0.75);
  expect(rocAuc([1, 2, 3], [false, false, true])).toBe(1);
  expect(rocAuc([1, 2, 3], [true, false, false])).toBe(0);
  expect(rocAuc([1, 1], [true, false])).toBe(0.5);
  // Pairs: 2 > 1 counts 1, 2 = 2 counts ½.
  expect(rocAuc([2, 1, 2], [true, false, false])).toBe(0.75);
});

test('of one kind alone there is none, and unequal lengths are refused', () => {
  expect(rocAuc([1, 2], [true, true])).toBeNull();
  expect(rocAuc([], [])).toBeNull();
  expect(() => rocAuc([1], [])).toThrow('found 1 and 0');
});
