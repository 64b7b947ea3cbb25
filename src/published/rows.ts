import type { Estimate, Evidence, FigureRow } from '../schema.ts';

/** One dot: a value in percent with its 95 % interval. */
export interface DotRow extends FigureRow {
  panel: string;
  /** The line on which the dot is drawn. */
  label: string;
  series: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  evidence: Evidence;
}

/** Wins, ties and losses of one model's answers: shares of `n` pairs, 0 … 1. */
export interface PreferenceRow extends FigureRow {
  /** The judge, and the model that it compares with. */
  judge: string;
  model: string;
  wins: number;
  ties: number;
  losses: number;
  n: number;
  seeds: number | null;
  evidence: Evidence;
}

/** The published rating of one model, in percent. */
export interface PublishedRating extends Estimate {
  /** The model's family, such as the data it was trained on. */
  series: string;
  /** Parameters. */
  size: number;
}
