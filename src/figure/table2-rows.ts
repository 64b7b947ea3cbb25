import type { PaperTable2 } from '../data/index.ts';
import type { Evidence } from '../schema.ts';
import type { StyleSummary } from '../text/index.ts';
import type { Row } from './views.ts';

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
    short: 'Shared words',
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

/** The measures that we compute; the tone needs a judge and is reported only. */
export const COMPUTED_MEASURES = ['list', 'summary', 'unigram', 'length'] as const;

/** One cell of Table 2. `low` and `high` bound the 95 % interval; `n` is null where the paper prints none. */
export interface Table2Row extends Row {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
}

/** Table 2 as printed, one row a cell. The paper prints neither n nor intervals: both are null. */
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

/** Where a computed column of Table 2 comes from. */
export interface Table2Column {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
}

/** One computed column of Table 2, one row a measure. */
export function table2Rows(column: Table2Column, style: StyleSummary): Table2Row[] {
  return COMPUTED_MEASURES.map(measure => ({ ...column, measure, ...style[measure] }));
}

/** A model of Table 2, and the set of records it was measured on. */
export type Table2Model = Pick<Table2Row, 'records' | 'evidence' | 'model'>;

/** The models by set of records, each in order of appearance. */
export function modelsByRecords(rows: readonly Table2Row[]): Table2Model[][] {
  const sets = new Map<string, Map<string, Table2Model>>();
  for (const { records, evidence, model } of rows) {
    const models = sets.get(records) ?? new Map<string, Table2Model>();
    sets.set(records, models.set(model, { records, evidence, model }));
  }
  return [...sets.values()].map(models => [...models.values()]);
}

/** The cell of a model and measure, or undefined where that was not computed. */
export function cellOf(
  rows: readonly Table2Row[],
  model: Table2Model,
  measure: Table2Measure,
): Table2Row | undefined {
  return rows.find(
    row => row.records === model.records && row.model === model.model && row.measure === measure.name,
  );
}

/** A cell in words: its value, then what is known of interval and n. */
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
