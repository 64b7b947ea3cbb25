import { mean, standardDeviation } from './mean.ts';
import { tProbability } from './t-probability.ts';

/** Options of {@link tTest}. */
export interface TTestOptions {
  /** Mean under the null hypothesis; default 0. */
  against?: number;
  /** Side on which the mean lies under the alternative. */
  side: 'above' | 'below';
}

/**
 * Computes the one-sided p of Student's t test of a mean. Of fewer than two values, and of values without spread, nothing
 * is known of the error: null.
 *
 * @see Student 1908, The Probable Error of a Mean
 * @example
 * tTest([0.1, 0.2, 0.15], { side: 'above' }) // 0.0175…
 */
export function tTest(values: readonly number[], { against = 0, side }: TTestOptions): number | null {
  const centre = mean(values);
  const spread = standardDeviation(values);
  if (centre === null || spread === null || spread === 0) return null;
  const t = ((centre - against) / spread) * Math.sqrt(values.length);
  return tProbability(side === 'above' ? -t : t, values.length - 1);
}
