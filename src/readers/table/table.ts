import { modelOfFile, type ReadOptions } from '../answers.ts';
import type { Entry, EntryAnswer, FileFormat } from '../file-format.ts';
import type { FileKind } from '../file-kind.ts';
import { generationOf } from '../generation.ts';
import { ReadError, shown } from '../read-error.ts';
import { columnsOf, idOf, type Row } from '../row.ts';
import { ANSWER_NAMES, allNamed, ID_NAMES, isOpenName, named, PROMPT_NAMES } from './column-names.ts';
import { isFilled } from './column-values.ts';
import { type TableColumns, understandColumns } from './understand-columns.ts';

/**
 * A table: one row a prompt and one column a model, or one row an answer. Columns are known by their names in any
 * case; the others are models where they hold text.
 */
export const table: FileFormat = {
  name: 'table',
  sign: 'rows of a prompt or id, with a column of answers for each model, or with an answer and its model',
  fits: ({ value }) => {
    const columns = Object.keys(value);
    if (allNamed(columns, PROMPT_NAMES).some(column => typeof value[column] === 'string')) return true;
    if (named(columns, ID_NAMES) === undefined) return false;
    const answer = named(columns, [...ANSWER_NAMES, 'answer', 'text']);
    if (answer !== undefined) return value[answer] === null || isScalar(value[answer]);
    return columns.some(column => isOpenName(column) && typeof value[column] === 'string');
  },
  open: (rows, options) => {
    const columns = understandColumns(rows, options);
    const { teacher, reference } = columns;
    const numbers = new Map(rows.map((row, index) => [row, index + 1]));
    return {
      kind: kindOf(columns),
      ignored: columnsOf(rows).filter(column => !isRead(column, columns)),
      ...(teacher !== undefined && { teacher }),
      ...(reference !== undefined && { reference }),
      read: row => entryOf(row, numbers.get(row), columns, options),
    };
  },
};

function kindOf({ answers, models }: TableColumns): FileKind {
  return answers.length + models.length === 0 ? 'prompts' : 'answers';
}

/** Columns that an answer's record may have besides the answer. */
const ANSWER_FIELDS = ['sample', 'tokens', 'finish', 'finish_reason', 'reasoning', 'evidence', 'error'];

function isRead(column: string, columns: TableColumns): boolean {
  const { ids, prompts, joined, category, model, answers, models, reference } = columns;
  if ([...ids, ...prompts, ...joined, ...answers, ...models].includes(column)) return true;
  if ([category, model, reference].includes(column)) return true;
  return answers.length > 0 && ANSWER_FIELDS.includes(column);
}

/** @param number the row's, which identifies it where the table has neither ids nor prompts. */
function entryOf(row: Row, number: number | undefined, columns: TableColumns, options: ReadOptions): Entry {
  const { ids, prompts, joined, category, model, answers, models, reference } = columns;
  const filled = (column: string) => isFilled(row, column);
  const isNumbered = ids.length + prompts.length === 0;
  const id = isNumbered ? String(number) : idOf(row, ids.filter(filled));
  const text = promptText(row, [prompts.find(filled), ...joined]);
  const about = category === undefined ? null : row.value[category];
  const gold = reference === undefined ? null : cellText(row, reference);
  const named = model === undefined ? null : cellText(row, model);
  const file = named?.trim() ? named : modelOfFile(options);
  const answer = answers.find(filled) ?? answers[0];
  return {
    prompt: {
      ...(id !== undefined && { id }),
      ...(text !== undefined && { text }),
      ...(typeof about === 'string' && { category: about }),
      ...(gold !== null && { reference: gold }),
    },
    answers: [
      ...(answer === undefined ? [] : [answerOf(row, answer, file, options)]),
      ...models.map(column => answerOf(row, column, column, options)),
    ],
  };
}

function answerOf(row: Row, column: string, model: string, options: ReadOptions): EntryAnswer {
  return generationOf(row, { model, text: cellText(row, column) }, options);
}

/** Joins the texts of a prompt's columns; undefined where it has none. */
function promptText(row: Row, [prompt, ...more]: readonly (string | undefined)[]): string | undefined {
  if (prompt === undefined) return undefined;
  const [text, ...joined] = [prompt, ...more].map(column =>
    column === undefined ? null : cellText(row, column),
  );
  return [text, ...joined.filter(part => part !== null && part.trim() !== '')].join('\n\n');
}

/** Returns a cell's text; null where it has none. @throws {ReadError} if it is no text, number or truth value. */
function cellText({ at, value }: Row, column: string): string | null {
  const cell = value[column];
  if (cell === undefined || cell === null) return null;
  if (isScalar(cell)) return String(cell);
  throw new ReadError({ at, required: `a text under "${column}"`, found: shown(cell) });
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
