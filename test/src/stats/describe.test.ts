import { describe, expect, it } from 'vitest';
import {
  mean,
  normalQuantile,
  pearson,
  quantile,
  standardDeviation,
  wilson,
} from '../../../src/stats/index.ts';

// Literals of NumPy 2.4 and SciPy 1.17, unless the arithmetic is plain.
const digits = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

describe('mean and standardDeviation', () => {
  it('divide by n and by n − 1', () => {
    expect(mean(digits)).toBe(3.9);
    expect(standardDeviation(digits)).toBeCloseTo(2.4698178070456938, 14);
    expect(standardDeviation(Float32Array.of(1, 3))).toBeCloseTo(Math.SQRT2, 14);
  });

  it('are null of too few values', () => {
    expect(mean([])).toBeNull();
    expect(standardDeviation([4])).toBeNull();
  });
});

describe('quantile', () => {
  it.each([
    [0, 1],
    [0.1, 1],
    [0.25, 2.25],
    [0.5, 3.5],
    [0.9, 6.299999999999999],
    [1, 9],
  ])('at %d interpolates as NumPy does', (p, expected) => {
    expect(quantile(digits, p)).toBeCloseTo(expected, 12);
  });

  it('leaves its values unsorted and sorts by size, not by spelling', () => {
    const values = [10, 9, 100];
    expect(quantile(values, 0)).toBe(9);
    expect(values).toEqual([10, 9, 100]);
  });

  it('is null of no values and refuses a share outside 0 … 1', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(() => quantile(digits, 1.5)).toThrow('p must be from 0 to 1, found 1.5');
  });
});

describe('pearson', () => {
  it('agrees with SciPy', () => {
    expect(pearson(digits, [2, 7, 1, 8, 2, 8, 1, 8, 2, 8])).toBeCloseTo(0.10492284287735876, 13);
  });

  it('is ±1 on a line, never beyond', () => {
    expect(pearson([0.1, 0.2, 0.3], [0.3, 0.6, 0.9])).toBe(1);
    expect(pearson([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  it('is null without two pairs or without variance, rounding notwithstanding', () => {
    expect(pearson([], [])).toBeNull();
    expect(pearson([1], [2])).toBeNull();
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(pearson([1, 2, 3], [0.7, 0.7, 0.7])).toBeNull();
  });

  it('refuses lists of different length', () => {
    expect(() => pearson([1, 2], [1])).toThrow('found 2 and 1');
  });
});

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.8, 0.8416212335729143],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.0001, -3.7190164854556804],
    [1e-12, -7.034483825301131],
    [1e-300, -37.0470962993612],
  ])('at %d agrees with SciPy', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 12);
  });

  it('refuses 0 and 1', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

describe('wilson', () => {
  it.each([
    [0, 10, 0.95, 0, 0.27753279986288926],
    [10, 10, 0.95, 0.7224672001371109, 1],
    [7, 10, 0.95, 0.39677814746114526, 0.892208732593699],
    [45, 80, 0.9, 0.4707078148504071, 0.6502030646670023],
    [1, 3, 0.99, 0.04042662929608476, 0.855783984952333],
  ])('of %d in %d at %d agrees with SciPy', (successes, n, level, low, high) => {
    const interval = wilson(successes, n, level);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('has no bounds without trials', () => {
    expect(wilson(0, 0)).toEqual({ low: null, high: null });
  });

  it('refuses impossible counts and levels', () => {
    expect(() => wilson(3, 2)).toThrow('found 3 of 2');
    expect(() => wilson(1, 2, 95)).toThrow('the level must lie between 0 and 1, found 95');
  });
});
