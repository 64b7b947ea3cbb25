import type { Estimate } from '../schema.ts';
import { type BootstrapOptions, bootstrap } from './bootstrap.ts';
import { countRatings, type Ratings, type RatingValue } from './ratings.ts';

/** Options of {@link krippendorffAlpha}. */
export interface AlphaOptions extends BootstrapOptions {
  /**
   * Distance of two ratings: `nominal`, equal or not; `ordinal`, by how many ratings lie between; `interval`, by the
   * square of their difference. Default nominal.
   */
  scale?: 'nominal' | 'ordinal' | 'interval';
  /** All categories, the lowest first; an ordinal scale of texts needs it. */
  order?: readonly RatingValue[];
}

/**
 * Computes Krippendorff's α: how far raters agree beyond chance, 1 where they always do, 0 where ratings are as good
 * as drawn. Any number of raters; missing ratings are null, and an item with a single rating counts for nothing.
 *
 * @param ratings by item, one by each rater.
 * @returns the value with the percentile bootstrap interval over items and the number of items with at least two
 *   ratings; null where fewer than two categories were chosen in them.
 * @throws {RangeError} if an ordinal scale of texts has no order, an interval scale has texts, or a rating is not
 *   among the categories of the order.
 * @see Krippendorff 2011, Computing Krippendorff's Alpha-Reliability
 *
 * @example
 * krippendorffAlpha([['left', 'left', null], ['right', 'right', 'right']]).value; // 1
 */
export function krippendorffAlpha(ratings: Ratings, options: AlphaOptions = {}): Estimate {
  const { scale = 'nominal', order } = options;
  const pairable = ratings.filter(item => item.filter(value => value !== null).length >= 2);
  const { categories, counts } = countRatings(pairable, order);
  requireScale(categories, scale, order !== undefined);
  const numbers = categories.map(Number);
  const distance = (a: number, b: number, chosen: readonly number[]) => {
    if (scale === 'nominal') return a === b ? 0 : 1;
    if (scale === 'interval') return ((numbers[a] as number) - (numbers[b] as number)) ** 2;
    return between(a, b, chosen) ** 2;
  };
  const coincidences = counts.map(coincidencesOf);
  const statistic = (items: ArrayLike<number>) => alpha(items, coincidences, categories.length, distance);
  const all = pairable.map((_, i) => i);
  return { value: statistic(all), ...bootstrap(all.length, statistic, options), n: all.length };
}

function requireScale(categories: readonly RatingValue[], scale: string, ordered: boolean): void {
  const text = categories.find(category => typeof category === 'string');
  if (text === undefined || scale === 'nominal' || (scale === 'ordinal' && ordered)) return;
  const required = scale === 'ordinal' ? 'the order of the texts is' : 'numbers are';
  throw new RangeError(
    `Cannot compute Krippendorff’s alpha: on an ${scale} scale ${required} required, found "${text}"`,
  );
}

/**
 * Counts pairs of ratings of one item by their categories (a matrix in one list), each rating with a weight of one in
 * all.
 */
function coincidencesOf(counts: readonly number[]): number[] {
  const given = counts.reduce((sum, count) => sum + count, 0);
  return counts.flatMap((a, i) => counts.map((b, j) => (a * (i === j ? b - 1 : b)) / (given - 1)));
}

/** Computes one less the disagreement found as a share of that expected by chance. */
function alpha(
  items: ArrayLike<number>,
  coincidences: readonly number[][],
  size: number,
  distance: (a: number, b: number, chosen: readonly number[]) => number,
): number | null {
  const sums = new Array<number>(size * size).fill(0);
  for (let i = 0; i < items.length; i++) {
    const matrix = coincidences[items[i] as number] as number[];
    for (let cell = 0; cell < sums.length; cell++)
      sums[cell] = (sums[cell] as number) + (matrix[cell] as number);
  }
  const chosen = Array.from({ length: size }, (_, a) =>
    sums.slice(a * size, (a + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  if (chosen.filter(count => count > 0).length < 2) return null;
  const ratings = chosen.reduce((sum, count) => sum + count, 0);
  let found = 0;
  let expected = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      if (a === b) continue;
      const weight = distance(a, b, chosen);
      found += weight * (sums[a * size + b] as number);
      expected += (weight * (chosen[a] as number) * (chosen[b] as number)) / (ratings - 1);
    }
  }
  return 1 - found / expected;
}

/** Counts ratings from one category to another, those of the two ends by half. */
function between(a: number, b: number, chosen: readonly number[]): number {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const inside = chosen.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
  return inside - ((chosen[low] as number) + (chosen[high] as number)) / 2;
}
