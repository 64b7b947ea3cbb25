import type { StudyRow } from '../../schema.ts';
import { bySeed, type HypothesisPlace, valueAt } from '../hypotheses/index.ts';

const BROAD: HypothesisPlace = { model: 'broad' };
/** A model that never saw a refusal. */
const LOCAL_FACTS: HypothesisPlace = { model: 'facts' };

/** Rows that state whether imitation models refuse, and whether a model is harmless without refusals. */
const REQUIRED = [
  ['refusals.refused', BROAD],
  ['refusals.over-refused', BROAD],
  ['refusals.complied', BROAD],
  ['toxicity.non-toxic', LOCAL_FACTS],
] as const;

/** Counts the values on refusals that are missing in any seed; null where no refusal is counted at all. */
export function missingRefusals(rows: readonly StudyRow[]): number | null {
  if (!rows.some(({ measure, value }) => measure.startsWith('refusals.') && value !== null)) return null;
  return bySeed(rows).flatMap(seed =>
    REQUIRED.filter(([measure, place]) => valueAt(seed, measure, place) === null),
  ).length;
}
