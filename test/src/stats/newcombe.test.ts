import { describe, expect, it, test } from 'vitest';
import { newcombe, shareDifference } from '../../../src/stats/index.ts';

const trials = (successes: number, n: number) => ({ successes, n });

describe('newcombe', () => {
  // Newcombe 1998, Table II, method 10; statsmodels 0.15.0, confint_proportions_2indep(method='newcomb').
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %d in %d less %d in %d', (a, n, b, m, low, high) => {
    const interval = newcombe(trials(a, n), trials(b, m));
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is mirrored when the shares are exchanged', () => {
    const { low, high } = newcombe(trials(3, 10), trials(9, 10));
    expect([low, high]).toEqual([expect.closeTo(-0.809, 4), expect.closeTo(-0.1705, 4)]);
  });

  it('has no bounds where either share has no trials', () => {
    expect(newcombe(trials(0, 0), trials(1, 2))).toEqual({ low: null, high: null });
    expect(newcombe(trials(1, 2), trials(0, 0))).toEqual({ low: null, high: null });
  });

  it('refuses more successes than trials', () => {
    expect(() => newcombe(trials(3, 2), trials(1, 2))).toThrow(RangeError);
  });
});

describe('shareDifference', () => {
  it('states the difference and the number of trials of both', () => {
    const difference = shareDifference(trials(56, 70), trials(48, 80));
    expect(difference).toMatchObject({ value: expect.closeTo(0.2, 12), n: 150 });
    expect(difference.low).toBeCloseTo(0.0524, 4);
  });

  it('has no value where either has no trials', () => {
    expect(shareDifference(trials(0, 0), trials(1, 2))).toEqual({ value: null, low: null, high: null, n: 2 });
  });
});
