import { describe, expect, test } from 'vitest';
import {
  bootstrap,
  clusteredShare,
  mean,
  meanEstimate,
  summarizePreference,
} from '../../../src/stats/index.ts';

// Wilson's bound of 0 of 19: 1.96² / (19 + 1.96²).
const OF_19 = 0.16817922405261626;
const ABOUT_OF_19 = expect.closeTo(OF_19, 12);
const BELOW_ONE = expect.closeTo(1 - OF_19, 12);

describe('meanEstimate()', () => {
  test('gives shares Wilson’s interval, which has a width where all scores are 0, or all are 1', () => {
    expect(meanEstimate(Array(19).fill(0))).toEqual({ value: 0, low: 0, high: ABOUT_OF_19, n: 19 });
    expect(meanEstimate(Array(19).fill(1))).toEqual({ value: 1, low: BELOW_ONE, high: 1, n: 19 });
    // Wilson's interval of 10 of 15.
    const scores = Array.from({ length: 15 }, (_, i) => (i < 10 ? 1 : 0));
    expect(meanEstimate(scores)).toEqual({
      value: expect.closeTo(2 / 3, 12),
      low: expect.closeTo(0.417135, 6),
      high: expect.closeTo(0.848237, 6),
      n: 15,
    });
  });

  test('draws resamples of other scores, and of percents that happen to be 0', () => {
    const scores = [0.5, 1, 0, 0.25];
    const at = (indices: Int32Array) => mean(Array.from(indices, index => scores[index] ?? 0));
    expect(meanEstimate(scores, { seed: 3 })).toEqual({
      value: 0.4375,
      ...bootstrap(4, at, { seed: 3 }),
      n: 4,
    });
    expect(meanEstimate([0, 0], { mayBeShare: false })).toEqual({ value: 0, low: 0, high: 0, n: 2 });
  });

  test('has no interval of one score that is no share, and no value of none', () => {
    expect(meanEstimate([0.5])).toEqual({ value: 0.5, low: null, high: null, n: 1 });
    expect(meanEstimate([])).toEqual({ value: null, low: null, high: null, n: 0 });
  });
});

describe('clusteredShare()', () => {
  test('is Wilson’s where each cluster is one trial', () => {
    const clusters = Array.from({ length: 15 }, (_, i) => ({ successes: i < 10 ? 1 : 0, n: 1 }));
    expect(clusteredShare(clusters).low).toBeCloseTo(0.417135, 6);
  });

  test('counts clusters, not their trials, where all succeed or all fail', () => {
    const clusters = [...Array(19).fill({ successes: 0, n: 4 }), { successes: 0, n: 0 }];
    expect(clusteredShare(clusters)).toEqual({ value: 0, low: 0, high: ABOUT_OF_19, n: 76 });
    expect(clusteredShare(Array(19).fill({ successes: 4, n: 4 })).low).toBeCloseTo(1 - OF_19, 12);
  });

  test('draws whole clusters, which are further apart than their trials', () => {
    const clusters = Array.from({ length: 20 }, (_, i) => ({ successes: i % 2 === 0 ? 10 : 0, n: 10 }));
    const { value, low, high, n } = clusteredShare(clusters);
    expect([value, n]).toEqual([0.5, 200]);
    // Of 20 independent trials; of 200 it would be ± .07.
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(0.3);
  });

  test('has no value without trials', () => {
    expect(clusteredShare([{ successes: 0, n: 0 }])).toEqual({ value: null, low: null, high: null, n: 0 });
  });
});

test('a win rate of ties alone, and of wins alone, has an interval with a width', () => {
  const pairs = (winner: 'a' | 'tie') =>
    Array.from({ length: 19 }, (_, i) => ({
      promptId: String(i),
      a: 'x',
      b: 'y',
      winner,
      evidence: 'live' as const,
    }));
  expect(summarizePreference(pairs('a')).winRate).toEqual({ value: 1, low: BELOW_ONE, high: 1, n: 19 });
  // Where at most OF_19 are no ties, the rate is at most half of it away from ½.
  const ties = summarizePreference(pairs('tie')).winRate;
  expect([ties.value, ties.n]).toEqual([0.5, 19]);
  expect(ties.low).toBeCloseTo(0.5 - OF_19 / 2, 12);
  expect(ties.high).toBeCloseTo(0.5 + OF_19 / 2, 12);
});
