import type { ColumnTable } from 'arquero';
import type { Estimate } from '../schema.ts';
import { bootstrap, share } from '../stats/index.ts';

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
 * correct or incorrect, those that are ambiguous claim nothing. The 95 % interval is Wilson's where every answer has
 * one such sentence, else a seeded bootstrap of whole answers, since the sentences of one answer are not independent.
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
    const counted = slice.answers.get(answer) ?? { wrong: 0, all: 0 };
    slice.answers.set(answer, {
      wrong: counted.wrong + (row.label === 'incorrect' ? 1 : 0),
      all: counted.all + 1,
    });
  }
  return [...slices.values()].map(({ values, answers }) => ({ ...values, ...rateOf([...answers.values()]) }));
}

interface Counted {
  wrong: number;
  all: number;
}

interface Slice {
  values: Readonly<Record<string, ErrorRateValue>>;
  /** By prompt and model. */
  answers: Map<string, Counted>;
}

function rateOf(answers: readonly Counted[]): Estimate & { answers: number } {
  const [wrong, all] = [sum(answers, 'wrong'), sum(answers, 'all')];
  const rate = { ...share(wrong, all), answers: answers.length };
  if (all === answers.length) return rate;
  const drawn = (indices: Int32Array) => {
    const some = Array.from(indices, index => answers[index] ?? { wrong: 0, all: 0 });
    return sum(some, 'wrong') / sum(some, 'all');
  };
  return { ...rate, ...bootstrap(answers.length, drawn) };
}

function sum(answers: readonly Counted[], key: keyof Counted): number {
  return answers.reduce((total, answer) => total + answer[key], 0);
}
