import type { SingleReview } from '../../readers/index.ts';
import type { Estimate } from '../../schema.ts';
import { bootstrap, mean } from '../../stats/index.ts';

/** Mean of a judge's ratings of one model, over the prompts. */
export interface ModelRating extends Estimate {
  model: string;
  /** The turn whose answers are rated; null of the mean over all turns. */
  turn: number | null;
  /** Reviews without a score; they are not in the mean. */
  unscored: number;
}

/**
 * Computes each model's mean rating with its 95 % bootstrap interval over prompts: over all turns, and where there are
 * several also of each.
 *
 * @param options seed of the bootstrap; default 0.
 * @see Zheng et al. 2023, MT-bench, §3.1
 * @example
 * const reviews = [7, 9].map((score, i) => ({ promptId: String(i), model: 'm', score, text: '' }))
 * modelRatings(reviews)[0]?.value // 8
 */
export function modelRatings(
  reviews: readonly SingleReview[],
  { seed = 0 }: { seed?: number | string } = {},
): ModelRating[] {
  const models = [...new Set(reviews.map(({ model }) => model))];
  return models.flatMap(model => {
    const own = reviews.filter(review => review.model === model);
    const turns = [...new Set(own.map(({ turn = 1 }) => turn))].sort((a, b) => a - b);
    const rows = turns.length > 1 ? [null, ...turns] : [null];
    return rows.map(turn => {
      const rated = own.filter(review => turn === null || (review.turn ?? 1) === turn);
      return { model, turn, ...meanOverPrompts(rated, seed) };
    });
  });
}

function meanOverPrompts(
  reviews: readonly SingleReview[],
  seed: number | string,
): Estimate & { unscored: number } {
  const prompts = new Map<string, number[]>();
  for (const { promptId, score } of reviews)
    if (score !== null) prompts.set(promptId, [...(prompts.get(promptId) ?? []), score]);
  const scores = [...prompts.values()];
  const at = (indices: Int32Array) => mean(Array.from(indices, index => scores[index] ?? []).flat());
  return {
    value: mean(scores.flat()),
    ...bootstrap(scores.length, at, { seed }),
    n: scores.length,
    unscored: reviews.filter(({ score }) => score === null).length,
  };
}
