import { checkLevel, DEFAULT_LEVEL, type Interval } from './interval.ts';
import { mean, standardDeviation } from './mean.ts';
import { tQuantile } from './t-quantile.ts';

/**
 * Computes the interval of a mean over few values, such as one a seed: mean ± t · s / √n. Of fewer than two both
 * bounds are null.
 *
 * @param level confidence level; default 0.95.
 * @throws {RangeError} unless 0 < level < 1.
 * @see Student 1908, The Probable Error of a Mean
 */
export function tInterval(values: readonly number[], level = DEFAULT_LEVEL): Interval {
  checkLevel(level);
  const centre = mean(values);
  const spread = standardDeviation(values);
  if (centre === null || spread === null || values.length < 2) return { low: null, high: null };
  const half = (tQuantile((1 + level) / 2, values.length - 1) * spread) / Math.sqrt(values.length);
  return { low: centre - half, high: centre + half };
}
