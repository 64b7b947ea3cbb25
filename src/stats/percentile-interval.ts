import { checkLevel, DEFAULT_LEVEL, type Interval } from './interval.ts';
import { quantile } from './quantile.ts';

/**
 * Computes the percentile interval of a statistic over its resamples: leaves (1 − level) / 2 of them on either side.
 * Resamples on which the statistic is undefined are left out of the list; of an empty list both bounds are null.
 *
 * @throws {RangeError} unless 0 < level < 1.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, §13.3
 */
export function percentileInterval(statistics: ArrayLike<number>, level = DEFAULT_LEVEL): Interval {
  checkLevel(level);
  const tail = (1 - level) / 2;
  return { low: quantile(statistics, tail), high: quantile(statistics, 1 - tail) };
}
