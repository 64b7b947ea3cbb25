import { loadRatings, loadReviews } from '../compare/index.ts';
import { type LoadOptions, loadSource } from '../data/index.ts';
import { ReadError } from '../readers/index.ts';
import type { Judgements } from './preference.ts';

/**
 * Loads judgements of people or of judge models from files or public records, and names the answers by their ids.
 *
 * @param answers files and records of the answers, by which reviews that name answers by ids are understood.
 * @param ids of the answers by the names that judgements may give.
 * @throws {ReadError} if a file holds neither reviews nor ratings.
 */
export async function loadJudgements(
  sources: readonly string[],
  answers: readonly string[],
  ids: ReadonlyMap<string, string>,
  options: LoadOptions = {},
): Promise<Pick<Judgements, 'reviews' | 'ratings'>> {
  const idOf = (name: string) => ids.get(name) ?? name;
  const all = await Promise.all(
    sources.map(async source => {
      if (await holdsReviews(source, options)) {
        const { reviews } = await loadReviews([source], { ...options, answers });
        return { reviews, ratings: [] };
      }
      return { reviews: [], ratings: (await loadRatings(source, options)).ratings };
    }),
  );
  return {
    reviews: all.flatMap(({ reviews }) =>
      reviews.map(review => ({ ...review, first: idOf(review.first), second: idOf(review.second) })),
    ),
    ratings: all.flatMap(({ ratings }) =>
      ratings.map(rating => ({ ...rating, left: idOf(rating.left), right: idOf(rating.right) })),
    ),
  };
}

async function holdsReviews(source: string, options: LoadOptions): Promise<boolean> {
  if (/\.annotations\.jsonl$/.test(source)) return false;
  try {
    return (await loadSource(source, options)).report.kind === 'reviews';
  } catch (error) {
    // A sidecar by another name is no source of answers.
    if (error instanceof ReadError) return false;
    throw error;
  }
}
