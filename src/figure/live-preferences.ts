import type { StudyRow } from '../schema.ts';
import { parametersText, tokensText } from './amounts.ts';
import type { PreferenceRow } from './preference-figure.ts';
import { JUDGE_NAMES } from './simulated-judges.ts';
import { budgetOfMostSizes, sizeWithMostBudgets } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/**
 * What a study's two simulated judges find of broad imitation: by the amount of data at one size, then by size at one
 * amount of data.
 */
export function livePreferences(rows: readonly StudyRow[]): PreferenceRow[] {
  return [...judged(rows, 'style'), ...judged(rows, 'truth')];
}

function judged(rows: readonly StudyRow[], by: keyof typeof JUDGE_NAMES): PreferenceRow[] {
  const [size, budget] = [sizeWithMostBudgets(rows), budgetOfMostSizes(rows)];
  const sameSize = outcomes(rows, by, 'budget', { size });
  const sameBudget = outcomes(rows, by, 'size', { budget });
  const shared = { judge: JUDGE_NAMES[by], evidence: 'live' as const };
  return [
    ...sameSize.map(({ x, ...row }) => ({ ...shared, ...row, model: tokensText(x) })),
    ...sameBudget
      .filter(({ x }) => x !== size)
      .map(({ x, ...row }) => ({ ...shared, ...row, model: parametersText(x ?? 0) })),
  ];
}

function outcomes(
  rows: readonly StudyRow[],
  by: keyof typeof JUDGE_NAMES,
  axis: 'size' | 'budget',
  where: { size?: number | null; budget?: number | null },
) {
  const points = (outcome: 'wins' | 'ties' | 'losses') =>
    studyPoints(rows, axis, { model: 'broad', measure: `preference.${by}.${outcome}`, ...where });
  const [wins, ties, losses] = [points('wins'), points('ties'), points('losses')];
  return wins.flatMap(({ x, value, n, seeds }) => {
    const at = (others: typeof wins) => others.find(other => other.x === x)?.value ?? null;
    const [tie, loss] = [at(ties), at(losses)];
    if (value === null || tie === null || loss === null) return [];
    return [{ x, wins: value, ties: tie, losses: loss, n, seeds }];
  });
}
