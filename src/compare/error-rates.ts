import type { ColumnTable } from 'arquero';
import type { Estimate } from '../schema.ts';
import { clusteredShare, type Trials } from '../stats/index.ts';

/** Value of a table's cell. */
export type ErrorRateValue = string | number | boolean | null;

/** Share of wrong sentences in one slice. */
export type ErrorRate = Record<string, ErrorRateValue> &
  Estimate & {
    /** Answers that hold those sentences. */
    answers: number;
  };

/**
 * Computes the share of checkable sentences that are wrong, in each slice of a table: `n` counts sentences labelled
 * correct or incorrect, those that are ambiguous claim nothing. The 95 % interval draws whole answers, see
 * `clusteredShare` of `imitation-lab/stats`.
 *
 * @param table of {@link sentenceTable}, or any with the columns `promptId`, `answer` and `label`.
 * @param by columns whose values make the slices, in the order of their first rows.
 * @throws {RangeError} if the table lacks one of these columns.
 * @example
 * // Given comparison.
 * errorRates(sentenceTable(comparison), ['answer', 'category'])
 */
export function errorRates(table: ColumnTable, by: readonly string[]): ErrorRate[] {
  const needed = [...by, 'promptId', 'answer', 'label'];
  const missing = needed.find(name => !table.columnNames().includes(name));
  if (missing !== undefined)
    throw new RangeError(
      `Cannot count errors: a column ${missing} is required, found ${table.columnNames().join(', ')}`,
    );
  const slices = new Map<string, Slice>();
  for (const row of table.objects() as Iterable<Readonly<Record<string, ErrorRateValue>>>) {
    if (row.label !== 'correct' && row.label !== 'incorrect') continue;
    const values = Object.fromEntries(by.map(name => [name, row[name] ?? null]));
    const key = JSON.stringify(values);
    const slice = slices.get(key) ?? { values, answers: new Map() };
    slices.set(key, slice);
    const answer = JSON.stringify([row.promptId, row.answer]);
    const { successes: wrong, n } = slice.answers.get(answer) ?? { successes: 0, n: 0 };
    slice.answers.set(answer, { successes: wrong + (row.label === 'incorrect' ? 1 : 0), n: n + 1 });
  }
  return [...slices.values()].map(({ values, answers }) => ({
    ...values,
    ...clusteredShare([...answers.values()]),
    answers: answers.size,
  }));
}

interface Slice {
  values: Readonly<Record<string, ErrorRateValue>>;
  /** Wrong sentences, by prompt and model. */
  answers: Map<string, Trials>;
}
