import { describe, expect, it } from 'vitest';
import { pairedBootstrap, permutationTest, signTest } from '../../../src/stats/index.ts';

const a = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
const b = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8];

describe('pairedBootstrap', () => {
  it('is the mean difference with an interval over items', () => {
    const { value, low, high, n } = pairedBootstrap(a, b, { seed: 1 });
    expect(value).toBeCloseTo(-0.8, 12);
    expect(n).toBe(10);
    // SciPy's bootstrap of the differences, 200,000 resamples: −3.2 … 1.4.
    expect(low).toBeGreaterThan(-3.6);
    expect(low).toBeLessThan(-2.8);
    expect(high).toBeGreaterThan(1);
    expect(high).toBeLessThan(1.8);
  });

  it('has no width where all differ alike, and leaves out items that either did not score', () => {
    expect(pairedBootstrap([2, 3, null, 5], [1, 2, 3, null])).toEqual({ value: 1, low: 1, high: 1, n: 2 });
    expect(pairedBootstrap([null], [1])).toEqual({ value: null, low: null, high: null, n: 0 });
  });

  it('refuses lists of different length and scores that are no numbers', () => {
    expect(() => pairedBootstrap([1, 2], [1])).toThrow('found 2 and 1');
    expect(() => pairedBootstrap([1, Number.NaN], [1, 2])).toThrow('found NaN and 2 at 1');
  });
});

describe('permutationTest', () => {
  it('counts all assignments of signs where there are few, as SciPy does', () => {
    expect(permutationTest(a, b)).toEqual({ difference: expect.closeTo(-0.8, 12), p: 0.580078125, n: 10 });
  });

  it('counts by hand: of differences 1, 2 and 3 only +++ and −−− are as far', () => {
    expect(permutationTest([1, 2, 3], [0, 0, 0]).p).toBe(2 / 8);
    expect(permutationTest([1, 2, 3, 7], [0, 0, 0, 7]).p).toBe(2 / 8);
    expect(permutationTest([0.1, 0.2, -0.3], [0, 0, 0]).p).toBe(1);
  });

  it('draws assignments where there are many, near to the share of all, the same for a seed', () => {
    const drawn = permutationTest(a, b, { permutations: 1000, seed: 4 });
    expect(Math.abs(drawn.p - 0.580078125)).toBeLessThan(0.05);
    expect(permutationTest(a, b, { permutations: 1000, seed: 4 })).toEqual(drawn);
    const far = permutationTest(new Array(40).fill(1), new Array(40).fill(0));
    expect(far.p).toBe(1 / 10_001);
  });

  it('finds nothing in no pairs, and refuses to draw none', () => {
    expect(permutationTest([], [])).toEqual({ difference: null, p: 1, n: 0 });
    expect(() => permutationTest(a, b, { permutations: 0 })).toThrow('found 0');
  });
});

describe('signTest', () => {
  it('is McNemar’s exact test of right and wrong answers, as statsmodels has it', () => {
    const right = (times: number) => new Array<number>(times).fill(1);
    const wrong = (times: number) => new Array<number>(times).fill(0);
    const found = signTest(
      [...right(25), ...wrong(9), ...right(50)],
      [...wrong(25), ...right(9), ...right(50)],
    );
    expect(found).toEqual({ higher: 25, lower: 9, ties: 50, p: expect.closeTo(0.00904118549078703, 14) });
  });

  it('doubles the smaller tail, at most to 1', () => {
    // 3 of 3 the same way: 2 / 2³. One each way: 1.
    expect(signTest([1, 2, 3], [0, 0, 0]).p).toBeCloseTo(1 / 4, 14);
    expect(signTest([1, 0], [0, 1]).p).toBe(1);
    expect(signTest([], [])).toEqual({ higher: 0, lower: 0, ties: 0, p: 1 });
  });

  it.each([
    [900, 8.45708953550381e-6],
    [1500, 1.4743975229770045e-115],
  ])('of %d wins among 2,000 equals SciPy’s binomial test', (wins, p) => {
    const outcomes = Array.from({ length: 2000 }, (_, i) => (i < wins ? 1 : -1));
    const found = signTest(outcomes, new Array(2000).fill(0)).p;
    expect(found / p).toBeCloseTo(1, 9);
  });

  it('leaves out items that either did not score', () => {
    expect(signTest([1, null, 2], [0, 0, null])).toEqual({ higher: 1, lower: 0, ties: 0, p: 1 });
  });
});
