import type { PaperTable2 } from '../data/index.ts';
import { STYLE_MEASURES, type Table2Row } from '../published/index.ts';
import type { StudyRow } from '../schema.ts';
import { tokensText } from './plot-parts.ts';
import type { StudyMeasureName } from './study-measures.ts';
import { sizeWithMostBudgets } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/** A measure of Table 2: its name in rows, its words in the paper, and how its values print. */
export interface Table2Measure {
  name: string;
  label: string;
  short: string;
  unit: 'share' | 'percent' | 'correlation';
}

/** The paper's five measures, in its order. */
export const TABLE2_MEASURES: readonly Table2Measure[] = [
  {
    name: 'list',
    label: 'If the teacher outputs a list, do we?',
    short: 'Lists',
    unit: 'share',
  },
  {
    name: 'summary',
    label: 'If the teacher outputs a summary paragraph, do we?',
    short: 'Summaries',
    unit: 'share',
  },
  {
    name: 'unigram',
    label: 'Unigram intersection with the teacher’s output',
    short: 'Unigram overlap',
    unit: 'percent',
  },
  {
    name: 'length',
    label: 'Pearson correlation in length with the teacher’s output',
    short: 'Length',
    unit: 'correlation',
  },
  {
    name: 'authoritative',
    label: 'Outputs are in authoritative tone according to GPT-4',
    short: 'Authoritative tone',
    unit: 'share',
  },
];

/**
 * Returns the printed cells of Table 2, one row each. The paper prints neither n nor intervals: both are null.
 *
 * @example
 * reportedTable2Rows(await loadPaperData('table2'))[0]?.model // 'LLaMA'
 */
export function reportedTable2Rows(paper: PaperTable2): Table2Row[] {
  return Object.entries(paper.measures).flatMap(([measure, values]) =>
    values.map((value, column) => ({
      records: 'Paper',
      evidence: 'reported' as const,
      teacher: 'ChatGPT',
      model: paper.columns[column] ?? '',
      measure,
      value,
      low: null,
      high: null,
      n: null,
    })),
  );
}

/**
 * Computes the cells of Table 2 from a study's rows: the base model, broad imitation by budget, and the second
 * teacher sample, which is the ceiling; at the size that was trained on most budgets.
 *
 * @see Gudibande et al. 2023, Table 2
 * @example
 * const { rows } = await openStudy();
 * table2(liveTable2Rows(rows))
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
    STYLE_MEASURES.flatMap(measure => {
      const selection = { ...selected, measure: `style.${measure}` satisfies StudyMeasureName };
      const [point] = studyPoints(rows, 'budget', selection);
      if (point === undefined) return [];
      const { value, low, high, n } = point;
      const shared = { records: 'Live study', evidence: 'live' as const, teacher: 'Teacher', model: name };
      return [{ ...shared, measure, value, low, high, n }];
    }),
  );
}

/** A model of Table 2, and the set of records it was measured on. */
export type Table2Model = Pick<Table2Row, 'records' | 'evidence' | 'model'>;

/** Groups the models by set of records, each in order of appearance. */
export function modelsByRecords(rows: readonly Table2Row[]): Table2Model[][] {
  const sets = new Map<string, Map<string, Table2Model>>();
  for (const { records, evidence, model } of rows) {
    const models = sets.get(records) ?? new Map<string, Table2Model>();
    sets.set(records, models.set(model, { records, evidence, model }));
  }
  return [...sets.values()].map(models => [...models.values()]);
}

/** Finds the cell of a model and measure; undefined if it was not computed. */
export function cellOf(
  rows: readonly Table2Row[],
  model: Table2Model,
  measure: Table2Measure,
): Table2Row | undefined {
  return rows.find(
    row => row.records === model.records && row.model === model.model && row.measure === measure.name,
  );
}

/** Formats a cell: its value, then its interval and n, as far as known. */
export function cellText(row: Table2Row | undefined, measure: Table2Measure): string[] {
  if (row === undefined) return ['reported only'];
  if (row.value === null) return [`no such prompt (n ${row.n ?? 0})`];
  const value = print(row.value, measure);
  if (row.low === null || row.high === null) return row.n === null ? [value] : [value, `n ${row.n}`];
  return [value, `[${print(row.low, measure)}, ${print(row.high, measure)}]`, `n ${row.n}`];
}

function print(value: number, measure: Table2Measure): string {
  if (measure.unit === 'percent') return value.toFixed(1);
  if (measure.unit === 'share') return `${(100 * value).toFixed(0)}\u00a0%`;
  return value.toFixed(2).replace('-', '−');
}
