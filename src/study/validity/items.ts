import type { StudyRow } from '../../schema.ts';
import { bySeed, type Hypothesis, UNITS } from '../hypotheses/index.ts';

/** Items a seed at the margin of a unit: of 100 items, sampling alone spreads a difference of shares by .071. */
export const ITEMS_REQUIRED = 400;

/**
 * Counts the items of the claim that has the fewest in any seed, in items at the margin of its unit: at twice the margin,
 * a quarter of the items is as precise.
 *
 * @returns null where a seed does not determine the effect of a claim.
 */
export function fewestItems(
  rows: readonly StudyRow[],
  hypotheses: readonly Pick<Hypothesis, 'effect' | 'unit' | 'margin'>[],
): number | null {
  const counts = bySeed(rows).flatMap(seed =>
    hypotheses.map(({ effect, unit, margin }) => {
      const found = effect.of(seed);
      return found === null ? null : found.n * (margin / UNITS[unit].margin) ** 2;
    }),
  );
  const known = counts.filter(count => count !== null);
  return known.length < counts.length || known.length === 0 ? null : Math.floor(Math.min(...known) + 1e-9);
}

/** Returns the items a seed that a claim requires. */
export function itemsRequired({ unit, margin }: Pick<Hypothesis, 'unit' | 'margin'>): number {
  return Math.ceil(ITEMS_REQUIRED * (UNITS[unit].margin / margin) ** 2 - 1e-9);
}
