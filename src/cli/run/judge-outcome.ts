import type { ModelRating, PositionBias } from '../../compare/index.ts';
import type { Review } from '../../readers/index.ts';
import type { Estimate, Preference, Rating } from '../../schema.ts';
import type { PreferenceSummary, RatingSummary } from '../../stats/index.ts';
import { brokenRule } from '../../text/index.ts';
import { UsageError } from '../exit.ts';
import type { FailureCount } from './failure-tally.ts';
import { printJson } from './progress.ts';
import type { UnreadReview } from './unread.ts';

/** Outcome of comparing pairs: how often each model is preferred to the one that it was compared with. */
interface PairOutcome {
  preference: (PreferenceSummary | Omit<RatingSummary, 'votes'>)[];
  positionBias?: PositionBias;
}

/** Outcome of a judgement, and the reviews that are not in it. */
interface Outcome extends Partial<PairOutcome> {
  /** Mean rating of each model, where single answers were rated. */
  ratings?: readonly ModelRating[];
  /** Reviews without scores that can be read. */
  unread?: readonly UnreadReview[];
  /** Number of calls that failed; re-running the command retries them. */
  failed?: number;
  /** The same by kind, where there are any. */
  failures?: readonly FailureCount[];
}

/** Options of {@link outcomeOfReviews} and {@link outcomeOfRatings}. */
interface SummaryOptions {
  seed: number;
  /** Name of the teacher in the pairs; default the model that most others were compared with. */
  teacher?: string | undefined;
}

/**
 * Summarizes the reviews of a judge for each pair of models.
 *
 * @throws {UsageError} if the teacher is in none of them.
 */
export async function outcomeOfReviews(
  reviews: readonly Review[],
  { evidence, ...options }: SummaryOptions & { evidence: Preference['evidence'] },
): Promise<PairOutcome> {
  const { positionBias, preferencesOf } = await import('../../compare/index.ts');
  const { summarizePreference } = await import('../../stats/index.ts');
  const preferences = preferencesOf(reviews, evidence);
  const preference = eachPair(preferences, ({ a, b }) => [a, b], options, summarizePreference);
  return { preference, positionBias: positionBias(reviews) };
}

/**
 * Summarizes human ratings for each pair of models.
 *
 * @throws {UsageError} if the teacher is in none of them.
 */
export async function outcomeOfRatings(
  ratings: readonly Rating[],
  options: SummaryOptions,
): Promise<PairOutcome> {
  const { summarizeRatings } = await import('../../stats/index.ts');
  const preference = eachPair(
    ratings,
    ({ left, right }) => (left < right ? [left, right] : [right, left]),
    options,
    (own, asked) => {
      const { votes: _, ...summary } = summarizeRatings(own, asked);
      return summary;
    },
  );
  return { preference };
}

/** Summarizes the rows of each pair of models, from the side of the one that is not the teacher. */
function eachPair<Row, Summary>(
  rows: readonly Row[],
  modelsOf: (row: Row) => readonly [string, string],
  { seed, teacher }: SummaryOptions,
  summarize: (rows: readonly Row[], options: { model: string; seed: number }) => Summary,
): Summary[] {
  const pairs = new Map<string, { models: readonly [string, string]; own: Row[] }>();
  for (const row of rows) {
    const models = modelsOf(row);
    const key = JSON.stringify(models);
    const pair = pairs.get(key) ?? { models, own: [] };
    pair.own.push(row);
    pairs.set(key, pair);
  }
  const named = [...pairs.values()].map(({ models }) => models);
  if (teacher !== undefined && rows.length > 0 && !named.flat().includes(teacher))
    throw new UsageError(`--teacher ${brokenRule({ enum: [...new Set(named.flat())] }, teacher)}`);
  const other = teacher ?? mostCompared(named);
  return [...pairs.values()].map(({ models: [a, b], own }) =>
    summarize(own, { model: a === other ? b : a, seed }),
  );
}

/** Finds the model in most pairs; undefined where another is in as many. */
function mostCompared(pairs: readonly (readonly [string, string])[]): string | undefined {
  const counts = new Map<string, number>();
  for (const model of pairs.flat()) counts.set(model, (counts.get(model) ?? 0) + 1);
  const [[model, most] = [undefined, 0], [, next] = [undefined, 0]] = [...counts].sort(
    ([, x], [, y]) => y - x,
  );
  return most > next ? model : undefined;
}

/** Prints an outcome: as a line of JSON, or in lines to read. */
export function printOutcome(outcome: Outcome, json: boolean | undefined): void {
  const { preference = [], positionBias, ratings = [] } = outcome;
  if (json) printJson(outcome);
  else console.log([...pairLines({ preference, positionBias }), ...ratings.map(ratingLine)].join('\n'));
}

function ratingLine({ model, turn, value, low, high, n, unscored }: ModelRating): string {
  const of = turn === null ? model : `  turn ${turn}`;
  const [middle, from, to] = [value, low, high].map(part => part?.toFixed(2) ?? '–');
  return `${of}: ${middle} [${from}, ${to}], n = ${n}, ${unscored} unscored`;
}

function pairLines({
  preference,
  positionBias: bias,
}: Pick<PairOutcome, 'preference'> & { positionBias: PositionBias | undefined }): string[] {
  const lines = preference.flatMap(summary => [
    preferenceText(summary),
    ...('annotators' in summary ? [ratersText(summary)] : []),
  ]);
  if (bias !== undefined && bias.consistent.n > 0)
    lines.push(
      `Both orders agree in ${share(bias.consistent)} of ${bias.consistent.n} pairs; the first place wins both in ${share(bias.first)}, the second in ${share(bias.second)}`,
    );
  return lines;
}

function preferenceText({
  model,
  others,
  wins,
  ties,
  losses,
  disagreements,
  unscored,
  n,
  equalOrBetter,
}: PreferenceSummary) {
  const apart = disagreements > 0 && ties > 0 ? ` (${disagreements} of them disagreements)` : '';
  return `${model} beside ${others.join(', ')}: ${wins} wins, ${ties} ties${apart}, ${losses} losses, ${unscored} unscored; equal or better ${share(equalOrBetter)}, n = ${n}`;
}

function ratersText(summary: Omit<RatingSummary, 'votes'>): string {
  const { annotators, ratings, superseded, bad, disagreements, overAnnotators, ...agreement } = summary;
  const { mean, sd, n } = overAnnotators;
  const parts = [`${ratings} ratings by ${annotators} annotators`];
  if (mean !== null && sd !== null)
    parts.push(`${(100 * mean).toFixed(1)} ± ${(100 * sd).toFixed(1)} % over ${n} annotators`);
  if (agreement.fleissKappa !== null) parts.push(`Fleiss’ κ ${coefficient(agreement.fleissKappa)}`);
  parts.push(`Krippendorff’s α ${coefficient(agreement.krippendorffAlpha)}`);
  if (disagreements > 0) parts.push(`${disagreements} pairs without a majority`);
  if (bad > 0) parts.push(`${bad} ratings call both unusable`);
  if (superseded > 0) parts.push(`${superseded} earlier ratings left out`);
  return `  ${parts.join('; ')}`;
}

function share({ value, low, high }: Estimate): string {
  if (value === null || low === null || high === null) return '–';
  const [middle, from, to] = [value, low, high].map(part => (100 * part).toFixed(1));
  return `${middle} % [${from}, ${to}]`;
}

function coefficient({ value, low, high }: Estimate): string {
  const [middle, from, to] = [value, low, high].map(part => part?.toFixed(2) ?? '–');
  return value === null ? '–' : `${middle} [${from}, ${to}]`;
}
