import { expect, test } from 'vitest';
import { tInterval } from '../../../src/stats/index.ts';
import { tQuantile } from '../../../src/stats/t-quantile.ts';

test.each([
  [0.975, 1, 12.7062047362],
  [0.975, 2, 4.3026527297],
  [0.975, 3, 3.1824463053],
  [0.975, 4, 2.7764451052],
  [0.95, 9, 1.8331129327],
  [0.995, 30, 2.7499956536],
])('the %s quantile with %s degrees of freedom is as in tables', (p, degrees, value) => {
  expect(tQuantile(p, degrees)).toBeCloseTo(value, 9);
  expect(tQuantile(1 - p, degrees)).toBeCloseTo(-value, 9);
});

test('the median is 0, and with many degrees of freedom the quantile is the normal one', () => {
  expect(tQuantile(0.5, 7)).toBeCloseTo(0, 12);
  expect(tQuantile(0.975, 100_000)).toBeCloseTo(1.96, 3);
});

test('three values have the interval mean ± 4.30 s / √3', () => {
  const { low, high } = tInterval([1, 2, 3]);
  expect(low).toBeCloseTo(2 - 4.3026527297 / Math.sqrt(3), 8);
  expect(high).toBeCloseTo(2 + 4.3026527297 / Math.sqrt(3), 8);
  expect(tInterval([5, 5])).toEqual({ low: 5, high: 5 });
});

test('of one value nothing is known of its spread', () => {
  expect(tInterval([5])).toEqual({ low: null, high: null });
  expect(tInterval([])).toEqual({ low: null, high: null });
});

test('what is out of range is refused', () => {
  expect(() => tQuantile(1, 2)).toThrow(/found p 1 and 2/);
  expect(() => tQuantile(0.5, 1.5)).toThrow(RangeError);
  expect(() => tInterval([1, 2], 1)).toThrow(/level must lie between 0 and 1/);
});
