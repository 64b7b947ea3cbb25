import type { Estimate, StudyRow } from '../../schema.ts';
import { mean, tInterval } from '../../stats/index.ts';

/** Which model of a study, whatever the seed. */
export type StudyModelKey = Pick<StudyRow, 'model' | 'size' | 'budget'>;

/** A measure of one model over all seeds. */
export interface StudyMean extends StudyModelKey, Estimate {
  measure: string;
  /** Seeds behind the value. */
  seeds: number;
  /** Items that could not be scored, over all seeds. */
  unscored: number;
  /** Why there is no value, where there is none. */
  reason?: string;
}

/**
 * Every measure of every model over the seeds, in the order of the rows. `n` counts the items of all seeds. The 95 %
 * interval is Student's over the seeds' values; of one seed it is the one over that seed's items.
 */
export function studyMeans(rows: readonly StudyRow[]): StudyMean[] {
  const groups = new Map<string, StudyRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.size, row.budget, row.measure]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const { model, size, budget, measure } = first;
    return [{ model, size, budget, measure, ...overSeeds(group) }];
  });
}

function overSeeds(rows: readonly StudyRow[]): Omit<StudyMean, keyof StudyModelKey | 'measure'> {
  const scored = rows.flatMap(row => (row.value === null ? [] : [{ ...row, value: row.value }]));
  const values = scored.map(({ value }) => value);
  const [only] = scored;
  const { low, high } = scored.length === 1 && only !== undefined ? only : tInterval(values);
  const reason = rows.find(row => row.reason !== undefined)?.reason;
  return {
    ...{ value: mean(values), low, high },
    n: scored.reduce((sum, { n }) => sum + n, 0),
    seeds: scored.length,
    unscored: rows.reduce((sum, { unscored }) => sum + unscored, 0),
    ...(scored.length === 0 && reason !== undefined && { reason }),
  };
}
