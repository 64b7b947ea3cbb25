import type { StudyRow } from '../schema.ts';
import { tokensText } from './amounts.ts';
import type { StudyMeasureName } from './study-measures.ts';
import { sizeWithMostBudgets } from './study-panels.ts';
import { studyPoints } from './study-points.ts';
import { COMPUTED_MEASURES, type Table2Row } from './table2-rows.ts';

/**
 * A study's rows as Table 2 has them: the base model, broad imitation by budget, and the teacher's second sample,
 * which is the ceiling; at the size that was trained on most budgets.
 *
 * @see Gudibande et al. 2023, Table 2
 */
export function liveTable2Rows(rows: readonly StudyRow[]): Table2Row[] {
  const size = sizeWithMostBudgets(rows);
  const budgets = studyPoints(rows, 'budget', { model: 'broad', measure: 'style.list', size }).map(
    ({ x }) => x,
  );
  const models = [
    { name: 'Base model', model: 'base' as const, size, budget: null },
    ...budgets.map(budget => ({ name: tokensText(budget), model: 'broad' as const, size, budget })),
    { name: 'Teacher #2', model: 'teacher-again' as const, size: null, budget: null },
  ];
  return models.flatMap(({ name, ...selected }) =>
    COMPUTED_MEASURES.flatMap(measure => {
      const selection = { ...selected, measure: `style.${measure}` satisfies StudyMeasureName };
      const [point] = studyPoints(rows, 'budget', selection);
      if (point === undefined) return [];
      const { value, low, high, n } = point;
      const shared = { records: 'Live study', evidence: 'live' as const, teacher: 'Teacher', model: name };
      return [{ ...shared, measure, value, low, high, n }];
    }),
  );
}
