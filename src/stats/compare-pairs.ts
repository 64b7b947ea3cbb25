import type { Estimate } from '../schema.ts';
import type { BootstrapOptions } from './bootstrap.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { permutationTest } from './permutation-test.ts';
import { signTest } from './sign-test.ts';

/** Difference of two models' scores of the same items, tested. */
export interface PairComparison extends Estimate {
  /** McNemar's exact test of scores that are 0 or 1, else a permutation test of the mean. */
  test: 'mcnemar' | 'permutation';
  /** Two-sided; null of no pairs. */
  p: number | null;
}

/**
 * Compares two models' scores of the same items: the mean of a − b with its paired bootstrap interval, and a paired test.
 *
 * @param a scores by item; null where an item was not scored.
 * @param b scores of the same items.
 * @throws {RangeError} if the lists differ in length, or a score is no finite number.
 * @example
 * comparePairs([1, 1, 1, 0], [0, 0, 1, 1]).p // 1
 */
export function comparePairs(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  options: BootstrapOptions = {},
): PairComparison {
  const estimate = pairedBootstrap(a, b, options);
  const isBinary = [...a, ...b].every(score => score === null || score === 0 || score === 1);
  const { p } = isBinary ? signTest(a, b) : permutationTest(a, b, seedOf(options));
  return { ...estimate, test: isBinary ? 'mcnemar' : 'permutation', p: estimate.n === 0 ? null : p };
}

function seedOf({ seed }: BootstrapOptions): { seed?: number | string } {
  return seed === undefined ? {} : { seed };
}
