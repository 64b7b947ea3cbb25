import type { Estimate, Preference } from '../schema.ts';
import { meanEstimate } from './mean-estimate.ts';
import { share, wilson } from './wilson.ts';

/** Shares of pairs in which a model's answer is preferred. Every share is of the `n` outcomes that there are. */
export interface PreferenceSummary {
  model: string;
  /** Those that it was compared with. */
  others: string[];
  wins: number;
  ties: number;
  losses: number;
  /** Ties that nobody chose: raters, or the two orders of a judge, do not agree. */
  disagreements: number;
  /** Pairs without an outcome; they count in no share. */
  unscored: number;
  n: number;
  /** Wins and ties: the measure of the paper's Figure 1. 95 % Wilson interval, as for the three below. */
  equalOrBetter: Estimate;
  win: Estimate;
  tie: Estimate;
  loss: Estimate;
  /** Wins, and ties as a half; 95 % bootstrap interval over pairs, Wilson's where there are no ties, or ties alone. */
  winRate: Estimate;
}

/**
 * Counts how often a model wins, ties and loses.
 *
 * @param options.model the id of its answers; default the first pair's `a`.
 * @param options.seed of the bootstrap; default 0.
 * @throws {RangeError} if a pair is none of the model's.
 * @see Gudibande et al. 2023, Figure 1
 * @example
 * // Given preferences.
 * summarizePreference(preferences, { model: 'imitation' }).equalOrBetter.value // 1
 */
export function summarizePreference(
  preferences: readonly Preference[],
  options: { model?: string | undefined; seed?: number | string | undefined } = {},
): PreferenceSummary {
  const { model = preferences[0]?.a ?? '', seed = 0 } = options;
  const points: number[] = [];
  const others = new Set<string>();
  for (const { promptId, a, b, winner } of preferences) {
    if (a !== model && b !== model)
      throw new RangeError(
        `Cannot count how often ${model} is preferred: each pair must hold its answer, found ${a} and ${b} of prompt ${promptId}`,
      );
    others.add(a === model ? b : a);
    if (winner === null) continue;
    points.push(winner === 'tie' ? 0.5 : (winner === 'a' ? a : b) === model ? 1 : 0);
  }
  const n = points.length;
  const count = (value: number) => points.filter(point => point === value).length;
  const [wins, ties, losses] = [count(1), count(0.5), count(0)];
  return {
    model,
    others: [...others],
    wins,
    ties,
    losses,
    disagreements: preferences.filter(({ disagreement }) => disagreement).length,
    unscored: preferences.length - n,
    n,
    equalOrBetter: share(wins + ties, n),
    win: share(wins, n),
    tie: share(ties, n),
    loss: share(losses, n),
    winRate: winRateOf(points, seed),
  };
}

function winRateOf(points: readonly number[], seed: number | string): Estimate {
  const estimate = meanEstimate(points, { seed });
  const { low } = wilson(points.length, points.length);
  if (low === null || points.some(point => point !== 0.5)) return estimate;
  // Of ties alone a bootstrap has no width: the share of ties is at least `low`, and all others may be wins, or losses.
  return { ...estimate, low: low / 2, high: 1 - low / 2 };
}
