import { compareStyle } from '../compare/index.ts';
import { loadAnswers } from '../data/index.ts';
import { type Table2Row, table2Rows } from '../figure/index.ts';

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
 * Columns of Table 2 on published outputs: each model's style beside the teacher's, over the prompts both answered.
 *
 * @returns one row a model and measure, with interval and n.
 * @see Gudibande et al. 2023, Table 2
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
