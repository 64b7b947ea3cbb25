import type { Estimate, Preference, Rating } from '../schema.ts';
import { fleissKappa } from './fleiss-kappa.ts';
import { krippendorffAlpha } from './krippendorff-alpha.ts';
import { latestRatings } from './latest-ratings.ts';
import { CHOICES, majorityOf, majorityVotes, type Vote, type VoteOptions } from './majority-votes.ts';
import { mean, standardDeviation } from './mean.ts';
import { type PreferenceSummary, summarizePreference } from './summarize-preference.ts';

/** A mean, one standard deviation around it, and what it is over. */
export interface Spread {
  mean: number | null;
  /** Sample standard deviation; null of fewer than two. */
  sd: number | null;
  n: number;
}

/** Preference of raters, and their agreement. */
export interface RatingSummary extends PreferenceSummary {
  /** The majority on each pair. */
  votes: Vote[];
  annotators: number;
  /** Ratings that count. */
  ratings: number;
  /** Those that count no more: an annotator voted again, or the texts changed. */
  superseded: number;
  /** Ratings that call both answers unusable. */
  bad: number;
  /** Pairs on which no choice has more than half of the votes, such as those on which two raters differ. */
  disagreements: number;
  /**
   * The share equal or better with one standard deviation. The paper does not say over what: here over the prompts'
   * majority votes, and over the raters' own shares.
   */
  overPrompts: Spread;
  overAnnotators: Spread;
  /** Null where pairs have fewer than two ratings, or not all as many. */
  fleissKappa: Estimate | null;
  krippendorffAlpha: Estimate;
}

/** Options of {@link summarizeRatings}. */
export interface RatingOptions extends VoteOptions {
  /** Default the first pair's answer whose id sorts first. */
  model?: string | undefined;
  /** Seed of the bootstraps; default 0. */
  seed?: number | string | undefined;
}

/**
 * Summarizes human ratings as the paper does: the majority of raters on each pair, and how often a model's answer is
 * the better or an equal one; beside it how far raters agree on which of the four choices is right.
 *
 * @throws {RangeError} if a pair holds no answer of the model's.
 * @see Gudibande et al. 2023, §4.1 and Appendix B
 * @example
 * // Given ratings.
 * summarizeRatings(ratings, { model: 'imitation' }).losses // 1
 */
export function summarizeRatings(ratings: readonly Rating[], options: RatingOptions = {}): RatingSummary {
  const { seed = 0 } = options;
  const counting = latestRatings(ratings);
  const votes = majorityVotes(counting, options);
  const preference = summarizePreference(votes, options);
  const { model } = preference;

  const byAnnotator = new Map<string, Rating[]>();
  for (const rating of counting)
    byAnnotator.set(rating.annotator, [...(byAnnotator.get(rating.annotator) ?? []), rating]);
  const shares = [...byAnnotator.values()].map(own => shareOf(majorityVotes(own, options), model));
  const choices = votes.map(vote => CHOICES.flatMap(choice => Array(vote.choices[choice]).fill(choice)));
  const [given = 0] = choices.map(({ length }) => length);
  const even = given >= 2 && choices.every(({ length }) => length === given);
  return {
    ...preference,
    votes,
    annotators: byAnnotator.size,
    ratings: counting.length,
    superseded: ratings.length - counting.length,
    bad: counting.filter(({ choice }) => choice === 'bad').length,
    disagreements: votes.filter(vote => majorityOf(vote.choices) === undefined).length,
    overPrompts: spread(votes.map(vote => equalOrBetter(vote, model))),
    overAnnotators: spread(shares),
    fleissKappa: even ? fleissKappa(choices, { seed }) : null,
    krippendorffAlpha: krippendorffAlpha(choices, { seed }),
  };
}

function shareOf(votes: readonly Vote[], model: string): number | null {
  return mean(votes.map(vote => equalOrBetter(vote, model)).filter(value => value !== null));
}

function equalOrBetter({ a, winner }: Preference, model: string): number | null {
  if (winner === null) return null;
  return winner === 'tie' || (winner === 'a') === (a === model) ? 1 : 0;
}

function spread(values: readonly (number | null)[]): Spread {
  const given = values.filter(value => value !== null);
  return { mean: mean(given), sd: standardDeviation(given), n: given.length };
}
