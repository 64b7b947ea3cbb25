import type { Estimate } from '../schema.ts';
import { bootstrap } from './bootstrap.ts';
import { mean } from './mean.ts';
import type { ResampleOptions } from './resample.ts';
import { share } from './wilson.ts';

/** Options of {@link meanEstimate}. */
export interface MeanOptions extends ResampleOptions {
  /** False of scores on another scale, such as percents, that happen to be all 0 or 1; default true. */
  mayBeShare?: boolean;
}

/**
 * Computes the mean of scores by item with its 95 % interval: Wilson's where every score is 0 or 1, since a bootstrap of
 * scores that are all 0, or all 1, has no width; else a bootstrap over items, of more than one.
 *
 * @example
 * meanEstimate([0, 0, 0, 0]) // { value: 0, low: 0, high: 0.4898…, n: 4 }
 */
export function meanEstimate(
  scores: readonly number[],
  { mayBeShare = true, ...options }: MeanOptions = {},
): Estimate {
  const n = scores.length;
  if (mayBeShare && scores.every(score => score === 0 || score === 1))
    return share(scores.filter(score => score === 1).length, n);
  const at = (indices: Int32Array) => mean(Array.from(indices, index => scores[index] ?? 0));
  const interval = n > 1 ? bootstrap(n, at, options) : { low: null, high: null };
  return { value: mean(scores), ...interval, n };
}
