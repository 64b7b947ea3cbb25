import type { StudyLine } from './study-panels.ts';

/** What a study's two simulated judges find, each under a name that says what it is. */
export const JUDGES: readonly StudyLine[] = [
  { name: 'Judge of style (simulated)', model: 'broad', measure: 'preference.style.equal-or-better' },
  {
    name: 'Judge that knows the truth (simulated)',
    model: 'broad',
    measure: 'preference.truth.equal-or-better',
  },
];
