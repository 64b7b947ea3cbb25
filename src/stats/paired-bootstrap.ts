import type { Estimate } from '../schema.ts';
import { type BootstrapOptions, bootstrap } from './bootstrap.ts';
import { mean } from './mean.ts';
import { pairedDifferences } from './paired-differences.ts';

/**
 * Compares two models' scores on the same items: the mean of a − b with its percentile bootstrap interval over items.
 * An interval without 0 indicates a difference at its level.
 *
 * @param a scores by item; null where an item was not scored.
 * @param b scores of the same items.
 * @returns n counts the items that both scored; the value is null if there are none.
 * @throws {RangeError} if the lists differ in length, or a score is no finite number.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, §13.3; Koehn 2004 for its use on test sets
 *
 * @example
 * pairedBootstrap([1, 1, 0, 1], [0, 1, 0, 0], { seed: 7 }).value; // 0.5
 */
export function pairedBootstrap(
  a: ArrayLike<number | null>,
  b: ArrayLike<number | null>,
  options: BootstrapOptions = {},
): Estimate {
  const differences = pairedDifferences(a, b);
  const statistic = (items: Int32Array) => {
    let sum = 0;
    for (const item of items) sum += differences[item] as number;
    return sum / items.length;
  };
  const n = differences.length;
  return { value: mean(differences), ...bootstrap(n, statistic, options), n };
}
