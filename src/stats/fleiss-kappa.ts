import type { Estimate } from '../schema.ts';
import { type BootstrapOptions, bootstrap } from './bootstrap.ts';
import { countRatings, type Ratings } from './ratings.ts';

/**
 * Computes Fleiss' κ: how far raters agree on categories beyond chance, 1 where they always do, 0 where they agree as
 * often as chance would have it. Raters need not be the same for every item, but as many; where ratings are missing,
 * use {@link krippendorffAlpha}.
 *
 * @param ratings by item, one by each rater.
 * @returns the value with the percentile bootstrap interval over items and their number; null of no items, or where
 *   all ratings are of one category.
 * @throws {RangeError} if an item has fewer than two ratings, or not as many as the first.
 * @see Fleiss 1971, Measuring Nominal Scale Agreement Among Many Raters
 *
 * @example
 * fleissKappa([['left', 'left', 'tie'], ['right', 'right', 'right']]).value; // 0.4545…
 */
export function fleissKappa(ratings: Ratings, options: BootstrapOptions = {}): Estimate {
  const raters = ratings[0]?.length ?? 0;
  for (const [i, item] of ratings.entries()) {
    const given = item.filter(value => value !== null).length;
    if (given === raters && raters >= 2) continue;
    throw new RangeError(
      `Cannot compute Fleiss’ kappa: as many ratings of every item are required, at least 2, found ${given} of item ${i} and ${raters} of the first`,
    );
  }
  const { counts } = countRatings(ratings);
  const agreements = counts.map(
    row => row.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1)),
  );
  const statistic = (items: ArrayLike<number>) => kappa(items, counts, agreements);
  const all = ratings.map((_, i) => i);
  return { value: statistic(all), ...bootstrap(all.length, statistic, options), n: all.length };
}

/** Computes κ of some of the items, from their counts by category and the shares of pairs of raters that agree. */
function kappa(
  items: ArrayLike<number>,
  counts: readonly number[][],
  agreements: readonly number[],
): number | null {
  const totals = new Array<number>(counts[0]?.length ?? 0).fill(0);
  let agreement = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as number;
    agreement += agreements[item] as number;
    for (let c = 0; c < totals.length; c++) {
      totals[c] = (totals[c] as number) + ((counts[item] as number[])[c] as number);
    }
  }
  const ratings = totals.reduce((sum, total) => sum + total, 0);
  if (totals.filter(total => total > 0).length < 2) return null;
  const chance = totals.reduce((sum, total) => sum + (total / ratings) ** 2, 0);
  return (agreement / items.length - chance) / (1 - chance);
}
