import { pairedDifferences } from './paired-differences.ts';

/** A two-sided sign test of pairs. */
export interface SignTest {
  /** Pairs in which the first is higher. */
  higher: number;
  /** Pairs in which it is lower. */
  lower: number;
  /** Pairs in which both are equal; they say nothing. */
  ties: number;
  /** Probability of as uneven a split, were both directions equally likely; exact. */
  p: number;
}

/**
 * Tests paired scores by the exact sign test: only which one is higher counts. Of scores that are 0 or 1, such as
 * right and wrong answers, it is McNemar's exact test; of wins, losses and ties of two models it tests the
 * preference.
 *
 * @param a scores by item; null where an item was not scored.
 * @param b scores of the same items.
 * @throws {RangeError} if the lists differ in length, or a score is no finite number.
 * @see Dixon & Mood 1946, The Statistical Sign Test; McNemar 1947
 *
 * @example
 * signTest([1, 1, 1, 0], [0, 0, 1, 1]); // { higher: 2, lower: 1, ties: 1, p: 1 }
 */
export function signTest(a: ArrayLike<number | null>, b: ArrayLike<number | null>): SignTest {
  const differences = pairedDifferences(a, b);
  const higher = differences.filter(difference => difference > 0).length;
  const lower = differences.filter(difference => difference < 0).length;
  const p = Math.min(1, 2 * fairTail(Math.min(higher, lower), higher + lower));
  return { higher, lower, ties: differences.length - higher - lower, p };
}

/** Computes the probability of at most k heads in n tosses of a fair coin. */
function fairTail(k: number, n: number): number {
  // In logarithms, since 2^−n is no number from n = 1,075 on.
  let term = -n * Math.LN2;
  let tail = Math.exp(term);
  for (let i = 1; i <= k; i++) {
    term += Math.log((n - i + 1) / i);
    tail += Math.exp(term);
  }
  return tail;
}
