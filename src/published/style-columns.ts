import { compareStyle } from '../compare/index.ts';
import { loadAnswers } from '../data/index.ts';
import type { Evidence, FigureRow } from '../schema.ts';
import type { StyleSummary } from '../text/index.ts';

/** The measures that we compute; the tone needs a judge and is reported only. */
export const STYLE_MEASURES = [
  'list',
  'listWithout',
  'listDifference',
  'summary',
  'summaryWithout',
  'summaryDifference',
  'unigram',
  'length',
] as const satisfies readonly (keyof StyleSummary)[];

/** A measure of Table 2 that we compute. */
export type StyleMeasure = (typeof STYLE_MEASURES)[number];

/** One cell of Table 2. `low` and `high` bound the 95 % interval; `n` is null where the paper prints none. */
export interface Table2Row extends FigureRow {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  /** Seeds behind the value of a study; null elsewhere. */
  seeds?: number | null;
}

/** Source of a computed column of Table 2. */
export interface Table2Column {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
}

/** Formats one computed column of Table 2, one row a measure. */
export function table2Rows(column: Table2Column, style: StyleSummary): Table2Row[] {
  return STYLE_MEASURES.map(measure => ({ ...column, measure, ...style[measure], seeds: null }));
}

/** Models measured beside one teacher, on one set of records. */
export interface StyleColumnsOptions {
  /** Name of the record set in the table: `FastChat-80`. */
  records: string;
  /** The teacher's answers: a record name or a file. */
  teacher: string;
  /** The models' answers by column title: record names or files. */
  models: Record<string, string>;
}

/**
 * Computes columns of Table 2 on published outputs: each model's style compared with the teacher's, over the prompts both
 * answered.
 *
 * @returns one row a model and measure, with interval and n.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * // Needs public records.
 * const models = { 'Vicuna 13B': 'fastchat/vicuna-13b' }
 * table2(await styleColumns({ records: 'FastChat-80', teacher: 'fastchat/gpt35', models }))
 */
export async function styleColumns({ records, teacher, models }: StyleColumnsOptions): Promise<Table2Row[]> {
  const teacherAnswers = await loadAnswers(teacher);
  const rows: Table2Row[] = [];
  for (const [model, source] of Object.entries(models)) {
    const style = compareStyle(teacherAnswers, await loadAnswers(source));
    rows.push(...table2Rows({ records, evidence: 'public', teacher: style.teacher, model }, style));
  }
  return rows;
}
