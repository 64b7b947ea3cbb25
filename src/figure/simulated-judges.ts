import type { StudyLine } from './study-panels.ts';

/** A study's two simulated judges, each by a name that says what it is. */
export const JUDGE_NAMES = {
  style: 'Judge of style (simulated)',
  truth: 'Judge that knows the truth (simulated)',
} as const;

/** What they find of broad imitation, as lines of a panel. */
export const JUDGES: readonly StudyLine[] = [
  { name: JUDGE_NAMES.style, model: 'broad', measure: 'preference.style.equal-or-better' },
  { name: JUDGE_NAMES.truth, model: 'broad', measure: 'preference.truth.equal-or-better' },
];
