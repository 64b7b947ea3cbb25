import type { AnswerColumn, Estimate, Evidence, Rating } from '../schema.ts';
import { summarizeRatings } from '../stats/index.ts';
import { htmlTable } from '../text/index.ts';
import { type TableView, tableView } from './views.ts';

/** Votes of raters who judged the same pairs. */
export interface RatedPairs {
  /** Name of the raters; that of a simulated judge says so. */
  raters: string;
  evidence: Evidence;
  ratings: readonly Rating[];
  /** Id of the answer that is in every pair, such as the teacher's. */
  reference: string;
}

/**
 * Tabulates the agreement of raters: Fleiss' κ where each pair has as many votes, Krippendorff's α in any case, and
 * the number of pairs on which no choice has a majority. Raters without votes are listed without values.
 *
 * @see Gudibande et al. 2023, Appendix B, which reports no agreement
 * @example
 * // Given ratings.
 * ratingAgreementTable([{ raters: 'Two people', evidence: 'live', ratings, reference: 'teacher' }])
 */
export function ratingAgreementTable(sets: readonly RatedPairs[]): TableView {
  const summaries = sets.map(({ ratings, reference, ...set }) => ({
    ...set,
    summary: ratings.length === 0 ? undefined : summarizeRatings(ratings, { model: reference }),
  }));
  const rows = summaries.map(({ raters, evidence, summary }) => {
    const { annotators = 0, votes = [], ratings = 0, disagreements = null } = summary ?? {};
    const [kappa, alpha] = [summary?.fleissKappa ?? NONE, summary?.krippendorffAlpha ?? NONE];
    return {
      raters,
      evidence,
      annotators,
      pairs: votes.length,
      votes: ratings,
      kappa: kappa.value,
      kappaLow: kappa.low,
      kappaHigh: kappa.high,
      alpha: alpha.value,
      alphaLow: alpha.low,
      alphaHigh: alpha.high,
      disagreements,
    };
  });
  const lines = rows.map(row => ({
    Raters: row.raters,
    Evidence: row.evidence,
    Annotators: row.annotators,
    Pairs: row.pairs,
    Votes: row.votes === 0 ? 'none yet' : row.votes,
    'Fleiss κ': estimateText({ value: row.kappa, low: row.kappaLow, high: row.kappaHigh }, 1, 2),
    'Krippendorff α': estimateText({ value: row.alpha, low: row.alphaLow, high: row.alphaHigh }, 1, 2),
    'No majority': row.disagreements ?? '–',
  }));
  const text = lines.map(line => Object.values(line).join(' | '));
  return tableView('fig7-agreement', rows, htmlTable(lines), text.join('\n'));
}

const NONE = { value: null, low: null, high: null } as const;

/**
 * Tabulates the preferences of raters, model by model: by majority vote where there are several, how often a model's
 * answer is better than the reference's, the same, or worse; and the share equal or better with its 95 % Wilson
 * interval.
 *
 * @param columns the models' ids and labels.
 * @example
 * // Given ratings, comparison.
 * ratingVoteTable([{ raters: 'Two people', evidence: 'live', ratings, reference: 'teacher' }], comparison.answers)
 */
export function ratingVoteTable(sets: readonly RatedPairs[], columns: readonly AnswerColumn[]): TableView {
  const rows = columns.flatMap(({ id, label }) =>
    sets.flatMap(({ raters, evidence, ratings, reference }) => {
      const own = ratings.filter(({ left, right }) => left === id || right === id);
      if (id === reference || own.length === 0) return [];
      const { wins, ties, losses, unscored, equalOrBetter } = summarizeRatings(own, { model: id });
      const { value, low, high, n } = equalOrBetter;
      return [{ model: label, raters, evidence, wins, ties, losses, unscored, value, low, high, n }];
    }),
  );
  const lines = rows.map(({ model, raters, evidence, wins, ties, losses, unscored, ...estimate }) => ({
    Model: model,
    Raters: raters,
    Evidence: evidence,
    Better: wins,
    Same: ties,
    Worse: losses,
    Unscored: unscored,
    'Equal or better, %': estimateText(estimate, 100, 0),
    n: estimate.n,
  }));
  const text = lines.map(line => Object.values(line).join(' | '));
  return tableView('fig7-votes', rows, htmlTable(lines), text.join('\n'));
}

function estimateText({ value, low, high }: Omit<Estimate, 'n'>, scale: number, digits: number): string {
  if (value === null) return '–';
  const words = (part: number) => (scale * part).toFixed(digits).replace('-', '−');
  return low === null || high === null
    ? words(value)
    : `${words(value)} [${words(low)},\u00a0${words(high)}]`;
}
