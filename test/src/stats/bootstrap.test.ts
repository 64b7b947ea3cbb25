import { describe, expect, it } from 'vitest';
import { bootstrap, mean, percentileInterval, resample } from '../../../src/stats/index.ts';

const digits = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
const meanOf = (indices: Int32Array) => mean(Array.from(indices, i => digits[i] ?? 0));

describe('bootstrap', () => {
  it('gives the interval of an independent implementation on the same draws', () => {
    // Python's port of the generator with numpy.quantile; SciPy's own 200,000 resamples give 2.5 … 5.4.
    const interval = bootstrap(10, meanOf);
    expect(interval.low).toBeCloseTo(2.6, 12);
    expect(interval.high).toBeCloseTo(5.4, 12);
    const narrower = bootstrap(10, meanOf, { level: 0.9 });
    expect(narrower.low).toBeCloseTo(2.7, 12);
    expect(narrower.high).toBeCloseTo(5.1, 12);
  });

  it('repeats itself for a seed and differs for another', () => {
    const at = (seed: number | string) => bootstrap(10, meanOf, { seed, resamples: 37 });
    expect(at('a')).toEqual(at('a'));
    expect(at('a')).not.toEqual(at('b'));
  });

  it('leaves out the resamples on which the statistic is undefined', () => {
    // The share of item 0 among resamples that hold it is at least 1/2 of two; without it there is nothing to share.
    const share = (indices: Int32Array) => {
      const first = indices.filter(i => i === 0).length;
      return first === 0 ? null : first / indices.length;
    };
    expect(bootstrap(2, share)).toEqual({ low: 0.5, high: 1 });
  });

  it('has no bounds without items, resamples or a defined statistic', () => {
    const none = { low: null, high: null };
    expect(bootstrap(0, () => 1)).toEqual(none);
    expect(bootstrap(5, () => 1, { resamples: 0 })).toEqual(none);
    expect(bootstrap(5, () => null)).toEqual(none);
  });

  it('refuses counts and levels that make no sense', () => {
    expect(() => bootstrap(2.5, () => 1)).toThrow('found n 2.5');
    expect(() => bootstrap(2, () => 1, { resamples: -1 })).toThrow('resamples -1');
    expect(() => bootstrap(2, () => 1, { level: 1 })).toThrow('level');
  });
});

describe('resample', () => {
  it('draws n indices with replacement', () => {
    const all = Array.from(resample(6, { resamples: 50 }), indices => [...indices]);
    expect(all).toHaveLength(50);
    expect(all[0]).toEqual([1, 1, 2, 3, 0, 0]);
    expect(all.flat().every(i => Number.isInteger(i) && i >= 0 && i < 6)).toBe(true);
  });
});

describe('percentileInterval', () => {
  it('cuts the same share from both ends', () => {
    const hundred = Array.from({ length: 101 }, (_, i) => i);
    expect(percentileInterval(hundred, 0.9).low).toBeCloseTo(5, 10);
    expect(percentileInterval(hundred, 0.9).high).toBeCloseTo(95, 10);
  });
});
