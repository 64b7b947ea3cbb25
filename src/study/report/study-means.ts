import { meanOverSeeds } from '../../figure/index.ts';
import type { Estimate, StudyRow } from '../../schema.ts';

/** Model of a study, in all of its seeds. */
export type StudyModelKey = Pick<StudyRow, 'model' | 'size' | 'budget'>;

/** A measure of one model over all seeds. */
export interface StudyMean extends StudyModelKey, Estimate {
  measure: string;
  /** Seeds behind the value. */
  seeds: number;
  /** Items that could not be scored, over all seeds. */
  unscored: number;
  /** Reason why there is no value. */
  reason?: string;
}

/**
 * Averages every measure of every model over the seeds, in the order of the rows. `n` counts the items of all seeds. The 95 %
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
    const reason = group.find(row => row.reason !== undefined)?.reason;
    const over = meanOverSeeds(group, unitOf(measure));
    const why = over.value === null && reason !== undefined ? { reason } : {};
    return [{ model, size, budget, measure, ...over, ...why }];
  });
}

/**
 * Returns the unit of a measure: shares lie between 0 and 1, their differences between −1 and 1; ROUGE and unigram overlap are
 * in percent.
 */
export function unitOf(measure: string): 'share' | 'percent' | 'correlation' | 'difference' | 'nats' {
  if (/\.rouge|\.unigram$/.test(measure)) return 'percent';
  if (measure.endsWith('-difference')) return 'difference';
  if (measure.endsWith('.length')) return 'correlation';
  return measure.startsWith('loss.') ? 'nats' : 'share';
}
