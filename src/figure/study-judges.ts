import type { PreferenceRow } from '../published/index.ts';
import type { StudyRow } from '../schema.ts';
import { parametersText, tokensText } from './plot-parts.ts';
import { budgetOfMostSizes, type StudyLine, sizeWithMostBudgets } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/** Names of a study's two simulated judges. */
export const JUDGE_NAMES = {
  style: 'Judge of style (simulated)',
  truth: 'Judge that knows the truth (simulated)',
} as const;

/** Title of the wins, ties and losses of a live study. */
export const PREFERENCE_TITLE = 'Better, equal or worse than the teacher (live)';

/** Preferences of the simulated judges for broad imitation, as lines of a panel. */
export const JUDGES: readonly StudyLine[] = [
  { name: JUDGE_NAMES.style, model: 'broad', measure: 'preference.style.equal-or-better' },
  { name: JUDGE_NAMES.truth, model: 'broad', measure: 'preference.truth.equal-or-better' },
];

/** Preferences of a judge model. */
const JUDGE_MODEL: StudyLine = {
  name: 'Judge model',
  model: 'broad',
  measure: 'preference.judge.equal-or-better',
};

/** Returns the judges of a study: the judge model if there is one, else the two simulated ones. */
export function judgesOf(rows: readonly StudyRow[]): readonly StudyLine[] {
  return rows.some(({ measure }) => measure === JUDGE_MODEL.measure) ? [JUDGE_MODEL] : JUDGES;
}

/**
 * Computes the preferences of a study's two simulated judges for broad imitation: by the amount of data at one size,
 * then by size at one amount of data.
 *
 * @example
 * const { rows } = await openStudy();
 * preferenceFigure('judges', 'Two simulated judges', livePreferences(rows))
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
