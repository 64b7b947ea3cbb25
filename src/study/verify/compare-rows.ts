import type { StudyRow } from '../../schema.ts';
import { unitOf } from '../report/study-means.ts';

/** A value that differs from the recorded one. */
export interface RowDifference extends Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed' | 'measure'> {
  /** Null where the record has no value; undefined where it has no row. */
  recorded: number | null | undefined;
  found: number | null;
}

/**
 * Differences from recorded values that are tolerated on another kind of machine, in the unit of the measure: sums in
 * another order change the last digits, training amplifies them, and a few answers differ.
 */
export const TOLERANCE = { share: 0.05, percent: 5, correlation: 0.1, difference: 0.1, nats: 0.1 } as const;

/**
 * Lists the rows that differ from the recorded ones.
 *
 * @param exact whether every part of a row must be equal to the bit; else values lie within {@link TOLERANCE}.
 */
export function compareRows(
  recorded: readonly StudyRow[],
  found: readonly StudyRow[],
  exact: boolean,
): RowDifference[] {
  const keyOf = ({ model, size, budget, seed, measure }: StudyRow) =>
    JSON.stringify([model, size, budget, seed, measure]);
  const rows = new Map(recorded.map(row => [keyOf(row), row]));
  return found.flatMap(row => {
    const before = rows.get(keyOf(row));
    if (before !== undefined && (exact ? isSame(before, row) : isNear(before, row))) return [];
    const { model, size, budget, seed, measure, value } = row;
    return [{ model, size, budget, seed, measure, recorded: before?.value, found: value }];
  });
}

function isSame(a: StudyRow, b: StudyRow): boolean {
  return (['value', 'low', 'high', 'n', 'unscored', 'reason'] as const).every(name =>
    Object.is(a[name], b[name]),
  );
}

function isNear(a: StudyRow, b: StudyRow): boolean {
  if (a.value === null || b.value === null) return a.value === b.value;
  return Math.abs(a.value - b.value) <= TOLERANCE[unitOf(a.measure)];
}
