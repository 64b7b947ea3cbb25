import type { StudyRow } from '../../schema.ts';
import { unitOf } from '../report/study-means.ts';

/** A value that came out otherwise than it is recorded. */
export interface RowDifference extends Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed' | 'measure'> {
  /** Null where it is recorded that there is none; undefined where there is no row. */
  recorded: number | null | undefined;
  found: number | null;
}

/**
 * How far a value may lie from the recorded one on another kind of machine, in its unit: sums in another order change
 * the last digits, in training they grow, and an answer here and there comes out otherwise.
 */
export const TOLERANCE = { share: 0.05, percent: 5, correlation: 0.1, nats: 0.1 } as const;

/**
 * The rows that differ from the recorded ones.
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
