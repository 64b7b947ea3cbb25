import type { HumanPreference } from '../../figure/index.ts';
import type { Rating } from '../../schema.ts';
import { pairKey, type RatingOptions, summarizeRatings } from '../../stats/index.ts';
import { type StudyAnswers, type StudyPair, studyPairs, TEACHER_ID } from './study-pairs.ts';

/**
 * Sums up the majority votes of raters on a study's models, for the human column of Figure 3: the share of a model's
 * answers that are equal to the teacher's or better, over the pairs of all seeds. A disagreement of raters is a tie, or
 * with `disagreement: 'unscored'` no score; a pair that most raters call unusable on both sides has no score.
 *
 * @param ratings votes on pairs of {@link ratingPairs}, such as `loadAnnotations(path)` reads; votes on other answers are
 *   only counted, as `foreign`.
 * @param study whose answers they are.
 * @see Gudibande et al. 2023, §4.1 and Appendix B
 * @example
 * // Given study.
 * const { truth } = simulatedRatings(ratingPairs(study, { count: 30 }), study)
 * figure3(study.rows, { human: humanPreference(truth, study) })
 */
export function humanPreference(
  ratings: readonly Rating[],
  study: StudyAnswers,
  options: Omit<RatingOptions, 'model'> = {},
): HumanPreference {
  const pairs = new Map(studyPairs(study).map(pair => [pair.key, pair]));
  const byModel = new Map<string, { pair: StudyPair; own: Rating[] }>();
  const counting = ratings.filter(rating => {
    const pair = pairs.get(pairKey(rating.promptId, rating.left, rating.right));
    if (pair === undefined || pair.contentHash !== rating.contentHash) return false;
    const own = byModel.get(pair.modelId)?.own ?? [];
    byModel.set(pair.modelId, { pair, own: [...own, rating] });
    return true;
  });
  const { annotators, ...all } = summarizeRatings(counting, { ...options, model: TEACHER_ID });
  const rows = [...byModel.values()].map(({ pair, own }) => {
    const { equalOrBetter, wins, ties, losses, unscored, ...summary } = summarizeRatings(own, {
      ...options,
      model: pair.modelId,
    });
    const { model, size, budget } = pair;
    return {
      model,
      size,
      budget,
      measure: 'preference.human.equal-or-better',
      ...equalOrBetter,
      unscored,
      wins,
      ties,
      losses,
      raters: summary.annotators,
      ratings: summary.ratings,
      evidence: 'human' as const,
    };
  });
  return {
    rows: rows.sort((a, b) => (a.size ?? 0) - (b.size ?? 0) || (a.budget ?? 0) - (b.budget ?? 0)),
    raters: annotators,
    ratings: all.ratings,
    pairs: all.votes.length,
    disagreements: all.disagreements,
    foreign: ratings.length - counting.length,
    fleissKappa: all.fleissKappa,
    krippendorffAlpha: all.krippendorffAlpha,
  };
}
