import type { Interval } from './interval.ts';
import { percentileInterval } from './percentile-interval.ts';
import { type ResampleOptions, resample } from './resample.ts';

/** Options of {@link bootstrap}. */
export interface BootstrapOptions extends ResampleOptions {
  /** Confidence level; default 0.95. */
  level?: number;
}

/**
 * Computes the percentile bootstrap interval of a statistic of n items, seeded. A resample on which the statistic is
 * null is left out, so the interval is conditional on its being defined; with no items, no resamples, or none
 * defined, both bounds are null.
 *
 * @param statistic of the items at the indices given (drawn with replacement; the array is reused).
 * @throws {RangeError} if a count is no integer ≥ 0 or the level lies outside 0 … 1.
 *
 * @example
 * const heights = [1.6, 1.7, 1.9, 1.8];
 * const meanAt = (indices: Int32Array) => mean(Array.from(indices, i => heights[i] ?? 0));
 * bootstrap(heights.length, meanAt, { seed: 7 }); // { low: 1.65, high: 1.85 }
 */
export function bootstrap(
  n: number,
  statistic: (indices: Int32Array) => number | null,
  options: BootstrapOptions = {},
): Interval {
  const defined: number[] = [];
  for (const indices of resample(n, options)) {
    const value = statistic(indices);
    if (value !== null) defined.push(value);
  }
  return percentileInterval(defined, options.level);
}
