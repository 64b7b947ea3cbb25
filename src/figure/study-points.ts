import type { Estimate, StudyRow } from '../schema.ts';
import { mean, tInterval } from '../stats/index.ts';
import { type StudyMeasure, type StudyMeasureName, studyMeasure } from './study-measures.ts';

/** Selection of a study's rows: one kind of model, one measure, and optionally one size or budget. */
export interface StudySelection {
  model: StudyRow['model'];
  measure: StudyMeasureName | StudyMeasure;
  size?: number | null;
  budget?: number | null;
}

/** The mean of a measure over a study's seeds. */
export interface StudyPoint extends Estimate {
  /** Parameters or tokens; null for a model that has none. */
  x: number | null;
  /** Seeds behind the value. */
  seeds: number;
  /** Items that could not be scored, over all seeds. */
  unscored: number;
}

/**
 * Computes the means of one measure over seeds, by size or budget, in ascending order. `n` counts the items of all
 * seeds. The 95 % interval is Student's over the seeds' values; of one seed it is the one over that seed's items.
 */
export function studyPoints(
  rows: readonly StudyRow[],
  by: 'size' | 'budget',
  selection: StudySelection,
): StudyPoint[] {
  const { unit } = studyMeasure(selection.measure);
  const groups = new Map<number | null, StudyRow[]>();
  for (const row of rows.filter(row => isSelected(row, selection))) {
    groups.set(row[by], [...(groups.get(row[by]) ?? []), row]);
  }
  const points = [...groups].map(([x, group]) => ({ x, ...meanOverSeeds(group, unit) }));
  return points.sort((a, b) => (a.x ?? 0) - (b.x ?? 0));
}

function isSelected(row: StudyRow, { model, measure, size, budget }: StudySelection): boolean {
  return (
    row.model === model &&
    row.measure === studyMeasure(measure).name &&
    (size === undefined || row.size === size) &&
    (budget === undefined || row.budget === budget)
  );
}

/** Computes the mean of one measure of one model over seeds. */
export function meanOverSeeds(rows: readonly StudyRow[], unit: MeasureUnit): Omit<StudyPoint, 'x'> {
  const scored = rows.filter(row => row.value !== null);
  const values = scored.flatMap(({ value }) => (value === null ? [] : [value]));
  const [only] = scored;
  const interval = scored.length === 1 && only !== undefined ? only : tInterval(values);
  return {
    value: mean(values),
    low: bounded(interval.low, BOUNDS[unit]),
    high: bounded(interval.high, BOUNDS[unit]),
    n: scored.reduce((sum, { n }) => sum + n, 0),
    seeds: scored.length,
    unscored: rows.reduce((sum, { unscored }) => sum + unscored, 0),
  };
}

/** Units of a study's measures; no figure draws nats. */
export type MeasureUnit = StudyMeasure['unit'] | 'nats';
type Bounds = readonly [least: number, most: number];

/** Possible values of a unit, to which Student's intervals are clipped. */
const BOUNDS: Readonly<Record<MeasureUnit, Bounds>> = {
  share: [0, 1],
  percent: [0, 100],
  correlation: [-1, 1],
  difference: [-1, 1],
  nats: [0, Number.POSITIVE_INFINITY],
};

function bounded(value: number | null, [least, most]: Bounds): number | null {
  return value === null ? null : Math.min(most, Math.max(least, value));
}
