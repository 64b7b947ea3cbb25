import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holm, seededRandom, tTest, valuesNeeded } from '../../../src/stats/index.ts';
import { noncentralTProbability } from '../../../src/stats/noncentral-t.ts';
import { normalProbability } from '../../../src/stats/normal-probability.ts';
import { tProbability } from '../../../src/stats/t-probability.ts';

// Expected values to twelve digits by SciPy 1.17.1: stats.norm.cdf, stats.t.cdf, stats.nct.cdf, stats.ttest_1samp.

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.96, 0.024997895148220435],
  [3.5, 0.9997673709209645],
  [-6, 9.865876450376946e-10],
  [6.5, 0.99999999995984],
  [-9, 0],
])('a normal deviate is at most %f with probability %f', (x, p) => {
  expect(normalProbability(x)).toBeCloseTo(p, 14);
});

test.each([
  [0, 3, 0.5],
  [1, 1, 0.75],
  [2.5, 2, 0.9351941398892446],
  [-2.5, 2, 0.06480586011075541],
  [3.1, 9, 0.993638772010899],
  [-1.2, 9, 0.13038659869523075],
  [40, 5, 0.9999999079401891],
  [0.3, 60, 0.6173929623932702],
])('Student’s t is at most %f with %i degrees of freedom with probability %f', (t, degrees, p) => {
  expect(tProbability(t, degrees)).toBeCloseTo(p, 12);
});

test.each([
  [2.262157162740992, 9, 3.1622776601683795, 0.19690379129476657],
  [2, 1, 1, 0.6228719644602817],
  [1.5, 2, 0, 0.8638034375544994],
  [-1, 4, 1.5, 0.010193644278511466],
  [4.3, 2, 6, 0.16393126245075726],
  [2, 30, 5, 0.0017556065076550502],
  [1.96, 200, 2.8, 0.20089203329402186],
  [0, 5, 1, 0.15865525393145707],
])(
  'noncentral t is at most %f with %i degrees of freedom and δ %f with probability %f',
  (t, degrees, noncentrality, p) => {
    expect(noncentralTProbability(t, degrees, noncentrality)).toBeCloseTo(p, 8);
  },
);

describe('tTest()', () => {
  test('computes the p of either side', () => {
    expect(tTest([0.1, 0.2, 0.15], { side: 'above' })).toBeCloseTo(0.017549359322992324, 12);
    expect(tTest([0.1, 0.2, 0.15], { side: 'below' })).toBeCloseTo(0.9824506406770077, 12);
    const values = [0.01, 0.03, -0.02, 0.06];
    expect(tTest(values, { against: 0.05, side: 'below' })).toBeCloseTo(0.08636212837834137, 12);
  });

  test('knows nothing without spread', () => {
    expect(tTest([0.3], { side: 'above' })).toBeNull();
    expect(tTest([0.3, 0.3, 0.3], { side: 'above' })).toBeNull();
    expect(tTest([], { side: 'below' })).toBeNull();
  });
});

describe('holm()', () => {
  test('multiplies the smallest by their number, the next by one less, and never falls', () => {
    // .005 · 4 = .02; .01 · 3 = .03; .03 · 2 = .06; .04 · 1 = .04, raised to .06.
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([
      expect.closeTo(0.03, 12),
      expect.closeTo(0.06, 12),
      expect.closeTo(0.06, 12),
      expect.closeTo(0.02, 12),
    ]);
    expect(holm([1, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  test('keeps the order, and never lowers a p', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), values => {
        const adjusted = holm(values);
        const pairs = values.map((p, i) => [p, adjusted[i] ?? Number.NaN] as const);
        for (const [p, q] of pairs) {
          expect(q).toBeGreaterThanOrEqual(p);
          for (const [r, s] of pairs) if (p < r) expect(q).toBeLessThanOrEqual(s);
        }
      }),
    );
  });
});

describe('valuesNeeded()', () => {
  test.each([
    [0.1, 787],
    [0.2, 199],
    [0.5, 34],
    [1, 10],
    [2, 5],
    [4, 3],
    [10, 3],
    [0.03, 8723],
  ])('finds an effect of %f standard deviations with %i values', (effect, n) => {
    expect(Math.abs(valuesNeeded(effect, 1) - n)).toBeLessThanOrEqual(n > 1000 ? 1 : 0);
  });

  test('gives ten seeds at a margin of .05 where their spread is .05', () => {
    expect(valuesNeeded(0.05, 0.05)).toBe(10);
    expect(valuesNeeded(0.05, 0.051)).toBe(11);
    expect(valuesNeeded(0.05, 0)).toBe(2);
    expect(() => valuesNeeded(0, 1)).toThrow(/effect > 0.*got 0 and 1/);
  });

  test('states a number that finds the effect four times of five', () => {
    const random = seededRandom('power');
    const n = valuesNeeded(1, 1);
    const found = Array.from({ length: 2000 }, () => {
      const values = Array.from({ length: n }, () => 1 + random.normal());
      return (tTest(values, { side: 'above' }) ?? 1) <= 0.025 ? 1 : 0;
    }).reduce((sum: number, hit) => sum + hit, 0);
    // 80.3 %, with a standard error of .9 points.
    expect(found / 2000).toBeGreaterThan(0.77);
    expect(found / 2000).toBeLessThan(0.84);
  });
});
