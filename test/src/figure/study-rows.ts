import type { StudyRow } from '../../../src/schema.ts';

/** A row of a study with plain values for what a test does not speak of. */
export function studyRow(row: Partial<StudyRow> & Pick<StudyRow, 'model' | 'measure' | 'value'>): StudyRow {
  return {
    size: null,
    budget: null,
    seed: 1,
    low: null,
    high: null,
    n: 10,
    unscored: 0,
    evidence: 'live',
    ...row,
  };
}

/** Facts and preference of two sizes, two budgets and two seeds, by hand. */
export const SMALL_STUDY: StudyRow[] = [1, 2].flatMap(seed => {
  const facts = { measure: 'facts.exact-match', seed };
  const preference = { measure: 'preference.style.equal-or-better', seed };
  return [
    studyRow({ ...facts, model: 'teacher', value: 1 }),
    studyRow({ ...facts, model: 'base', size: 20_000, value: 0.1 * seed }),
    studyRow({ ...facts, model: 'base', size: 80_000, value: 0.4 }),
    studyRow({ ...facts, model: 'broad', size: 20_000, budget: 8000, value: 0.1 }),
    studyRow({ ...facts, model: 'broad', size: 80_000, budget: 1000, value: 0.3 }),
    studyRow({ ...facts, model: 'broad', size: 80_000, budget: 8000, value: 0.2 }),
    studyRow({ ...facts, model: 'facts', size: 80_000, budget: 500, value: 0.6 }),
    studyRow({ ...preference, model: 'broad', size: 20_000, budget: 8000, value: 0.5 }),
    studyRow({ ...preference, model: 'broad', size: 80_000, budget: 1000, value: 0.4 }),
    studyRow({ ...preference, model: 'broad', size: 80_000, budget: 8000, value: 0.7 }),
  ];
});
