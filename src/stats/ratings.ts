/** Rating of an item: a category, or a value on a scale. */
export type RatingValue = string | number;

/** Ratings by item; in each item one by each rater, null where there is none. */
export type Ratings = readonly (readonly (RatingValue | null)[])[];

/** Numbers of ratings of each item by category. */
export interface RatingCounts {
  /** Every category that was chosen, or the order given. */
  categories: RatingValue[];
  /** Items × categories. */
  counts: number[][];
}

/**
 * Counts ratings by item and category.
 *
 * @param order the categories in their order; default numbers ascending, then texts as they come.
 * @throws {RangeError} if a rating is not among the categories, or is no finite number.
 */
export function countRatings(ratings: Ratings, order?: readonly RatingValue[]): RatingCounts {
  const given = ratings.flat().filter(value => value !== null);
  const strange = given.find(value => typeof value === 'number' && !Number.isFinite(value));
  if (strange !== undefined)
    throw new RangeError(`Cannot count ratings: finite numbers are required, found ${strange}`);
  const categories = order ? [...order] : inOrder([...new Set(given)]);
  const places = new Map(categories.map((category, place) => [category, place]));
  const counts = ratings.map(item => {
    const row = new Array<number>(categories.length).fill(0);
    for (const value of item) {
      if (value === null) continue;
      const place = places.get(value);
      if (place === undefined) {
        throw new RangeError(
          `Cannot count ratings: one of ${categories.join(', ')} is required, found ${JSON.stringify(value)}`,
        );
      }
      row[place] = (row[place] ?? 0) + 1;
    }
    return row;
  });
  return { categories, counts };
}

function inOrder(categories: RatingValue[]): RatingValue[] {
  const numbers = categories.filter(category => typeof category === 'number').sort((a, b) => a - b);
  return [...numbers, ...categories.filter(category => typeof category === 'string')];
}
