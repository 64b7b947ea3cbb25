import type { StudyRow } from '../../schema.ts';

/** An end of an axis of the study. */
export type End = 'smallest' | 'largest';

/** One model of a study, by its place on the axes. */
export interface HypothesisPlace {
  model: StudyRow['model'];
  /** End of the model's sizes; default the largest. */
  size?: End;
  /** End of the budgets at that size; default the largest. */
  budget?: End;
}

/** A value and the items behind it; of several values, the fewest. */
export interface HypothesisEffect {
  value: number;
  n: number;
}

/** Returns the value of a measure in a place; null where there is none. @param rows of one seed. */
export function valueAt(
  rows: readonly StudyRow[],
  measure: string,
  place: HypothesisPlace,
): HypothesisEffect | null {
  const row = rowAt(rows, measure, place);
  return row === undefined || row.value === null ? null : { value: row.value, n: row.n };
}

/** Subtracts one value from another; null where either is. */
export function less(there: HypothesisEffect | null, here: HypothesisEffect | null): HypothesisEffect | null {
  if (there === null || here === null) return null;
  return { value: there.value - here.value, n: Math.min(there.n, here.n) };
}

/**
 * Contrasts a measure in two places: the value in the first minus the value in the second.
 *
 * @param rows of one seed.
 * @returns null where either place has no value, both are the same one, or they are models of two sizes though the
 *   places do not mention size: other differences could not be distinguished from that of size.
 */
export function contrast(
  rows: readonly StudyRow[],
  measure: string,
  place: HypothesisPlace,
  from: HypothesisPlace,
): HypothesisEffect | null {
  const [there, here] = [rowAt(rows, measure, place), rowAt(rows, measure, from)];
  const isSame = there === here;
  const isConfounded =
    place.size === from.size && there?.size != null && here?.size != null && there.size !== here.size;
  return isSame || isConfounded ? null : less(valueAt(rows, measure, place), valueAt(rows, measure, from));
}

/** Describes a place: `broad, smallest size`. */
export function placeText({ model, size, budget }: HypothesisPlace): string {
  return [model, ...(size ? [`${size} size`] : []), ...(budget ? [`${budget} budget`] : [])].join(', ');
}

function rowAt(
  rows: readonly StudyRow[],
  measure: string,
  { model, size = 'largest', budget = 'largest' }: HypothesisPlace,
): StudyRow | undefined {
  const ofModel = rows.filter(row => row.measure === measure && row.model === model);
  return atEnd(atEnd(ofModel, 'size', size), 'budget', budget)[0];
}

/** Selects the rows or answers at one end of an axis. */
export function atEnd<Of extends Pick<StudyRow, 'size' | 'budget'>>(
  rows: readonly Of[],
  axis: 'size' | 'budget',
  end: End,
): Of[] {
  const values = rows.map(row => row[axis] ?? 0);
  const wanted = end === 'largest' ? Math.max(...values) : Math.min(...values);
  return rows.filter(row => (row[axis] ?? 0) === wanted);
}
