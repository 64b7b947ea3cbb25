import type { Review } from './reviews.ts';

/** The answers that reviews name. */
export interface ReviewedAnswers {
  /** Models by the ids of their answers, as {@link parseAnswerOwners} returns them. */
  owners: ReadonlyMap<string, string>;
  /** Names of all models. */
  models: ReadonlySet<string>;
}

/**
 * Names the answers of reviews by their models: by the answer's id, or the model's name in its place. Answers of QLoRA's
 * models have no ids: one that is neither is by the model, without ids of its own, whose name the file's begins with
 * or holds between hyphens. What remains keeps its id.
 *
 * @param name of the file of reviews.
 * @example
 * // Given reviews.
 * nameReviews(reviews, 'r.jsonl', { owners: new Map([['teacher', 'gpt-4']]), models: new Set() })[0]?.first // 'gpt-4'
 */
export function nameReviews(
  reviews: readonly Review[],
  name: string,
  { owners, models }: ReviewedAnswers,
): Review[] {
  const withIds = new Set(owners.values());
  const other = namedIn(
    name,
    [...models].filter(model => !withIds.has(model)),
  );
  const nameOf = (id: string) => owners.get(id) ?? (models.has(id) ? id : (other ?? id));
  return reviews.map(review => ({ ...review, first: nameOf(review.first), second: nameOf(review.second) }));
}

/** Finds the one model whose name is a part of a file's, between hyphens; undefined of none or several. */
function namedIn(name: string, models: readonly string[]): string | undefined {
  const words = `-${name.replace(/\.[a-z]+$/i, '')}-`;
  const found = models.filter(model => words.includes(`-${model}-`));
  return found.length === 1 ? found[0] : undefined;
}
