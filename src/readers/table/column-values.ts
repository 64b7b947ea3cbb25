import type { Row } from '../row.ts';
import { countOf } from '../source-report.ts';

/** Appearance of the values of a column. */
export interface ColumnLook {
  /** Share of the rows that hold a text which is not blank, and neither time nor key. */
  textShare: number;
  /** Set where the values look like metadata: numbers or days, or few different ones of few words. */
  plain: boolean;
  /** Description of the values, for errors. */
  words: string;
}

/** Most different values of a column that looks like metadata, and most words of each. */
const FEW = { values: 10, words: 3 };

/** A number, a percentage or a day, and nothing else. */
const NUMBER = /^[-+]?(\d[\d.,\s]*|\.\d+)(e[-+]?\d+)?\s*%?$/i;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A time as programs write it, or a whole number of 64 bits, which is a text where no number of JSON holds it. */
const TIME_OR_KEY = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|-?\d{16,20})$/;

/** Describes the values of a column. */
export function lookAt(rows: readonly Row[], column: string): ColumnLook {
  const texts = rows.flatMap(({ value }) => {
    const cell = value[column];
    return typeof cell === 'string' && cell.trim() !== '' && !TIME_OR_KEY.test(cell) ? [cell.trim()] : [];
  });
  const distinct = [...new Set(texts)];
  const numeric = distinct.every(text => NUMBER.test(text) || DAY.test(text));
  const few = distinct.length <= FEW.values && distinct.every(text => text.split(/\s+/).length <= FEW.words);
  const values = countOf(distinct.length, 'different value');
  return {
    textShare: texts.length / rows.length,
    plain: numeric || few,
    words: numeric ? 'numbers' : `${values} of at most ${FEW.words} words`,
  };
}

/** Reports whether a row holds something in a column: a text that is not blank, a number or a truth value. */
export function isFilled({ value }: Row, column: string): boolean {
  const cell = value[column];
  return typeof cell === 'string' ? cell.trim() !== '' : cell !== undefined && cell !== null;
}
