import type { Review } from '../../readers/index.ts';
import type { Estimate } from '../../schema.ts';
import { share } from '../../stats/index.ts';

/** Influence of the place of an answer, over pairs that were reviewed in both orders with scores. */
export interface PositionBias {
  /** Pairs with the same winner, or a tie, in both orders. */
  consistent: Estimate;
  /** Pairs in which both orders prefer the first answer. */
  first: Estimate;
  /** Pairs in which both orders prefer the second answer. */
  second: Estimate;
  /** Pairs that lack scores in an order. */
  unscored: number;
}

/**
 * Measures how much a judge favours a place. Shares with 95 % Wilson intervals; what is neither consistent nor for
 * one place is a tie in one order alone.
 *
 * @see Zheng et al. 2023, MT-bench, Table 2
 * @example
 * // Given reviews.
 * positionBias(reviews).consistent.value // 1
 */
export function positionBias(reviews: readonly Review[]): PositionBias {
  const kinds = { consistent: 0, first: 0, second: 0 };
  const waiting = new Map<string, Review>();
  let n = 0;
  let unscored = 0;
  for (const review of reviews) {
    const { promptId, first, second, turn = 1 } = review;
    const other = waiting.get(JSON.stringify([promptId, turn, second, first]));
    waiting.set(JSON.stringify([promptId, turn, first, second]), review);
    if (other === undefined) continue;
    if (review.scores === null || other.scores === null) {
      unscored++;
      continue;
    }
    n++;
    const sides = [sign(other.scores), sign(review.scores)];
    // The two orders mirror each other: a judge that sees the answers alone changes its sign.
    if (sides[0] === -(sides[1] ?? 0)) kinds.consistent++;
    else if (sides[0] === sides[1]) kinds[sides[0] === 1 ? 'first' : 'second']++;
  }
  return {
    consistent: share(kinds.consistent, n),
    first: share(kinds.first, n),
    second: share(kinds.second, n),
    unscored,
  };
}

/** Returns 1 where the first answer is preferred, −1 where the second is. */
function sign([first, second]: readonly [number, number]): number {
  return Math.sign(first - second) + 0;
}
