import type { StudyRow } from '../../schema.ts';
import type { StudyModelKey } from './study-means.ts';

/** A value that a study should hold, and has no row of. */
export interface MissingRow extends StudyModelKey {
  measure: string;
  seed: number;
}

/** The rows that are missing: every model of any seed has every measure in each of the seeds. */
export function missingRows(rows: readonly StudyRow[], seeds: readonly number[]): MissingRow[] {
  const keyOf = ({ model, size, budget, measure, seed }: MissingRow) =>
    JSON.stringify([model, size, budget, measure, seed]);
  const found = new Set(rows.map(keyOf));
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const models = new Map(
    rows.map(({ model, size, budget }) => [JSON.stringify([model, size, budget]), { model, size, budget }]),
  );
  return [...models.values()].flatMap(model =>
    measures.flatMap(measure =>
      seeds.map(seed => ({ ...model, measure, seed })).filter(row => !found.has(keyOf(row))),
    ),
  );
}
