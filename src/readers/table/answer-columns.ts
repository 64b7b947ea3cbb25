import type { Row } from '../row.ts';
import { doubtfulModels, severalAnswers, severalReferences } from './ambiguous.ts';
import { ANSWER_NAMES, allNamed, isOpenName, named, REFERENCE_NAMES } from './column-names.ts';
import { isFilled, lookAt } from './column-values.ts';
import type { Columns } from './columns.ts';

/** Columns of answers of a table, and that of the reference. */
export interface AnswerColumns {
  /** Columns of answers of the model that the row names, or else the file; of a row one alone holds text. */
  answers: string[];
  /** Columns of answers, each of the model that it is named after. */
  models: string[];
  reference?: string;
}

/** Columns of a table whose meaning is still open. */
export interface OpenColumns {
  rows: readonly Row[];
  open: readonly string[];
  stated: Columns;
  /** The table's name, for errors. */
  at: string;
}

/** Share of a column's rows that hold text, from which on it is a model's. */
const ENOUGH = 0.5;

/** Returns the columns whose models are stated. */
export function statedAnswers(stated: Columns, open: readonly string[]): AnswerColumns {
  const { models = [], teacher } = stated;
  const all = teacher === undefined || models.includes(teacher) ? [...models] : [teacher, ...models];
  const others = open.filter(column => !all.includes(column));
  const reference = stated.reference ?? named(others, [...REFERENCE_NAMES, 'answer']);
  return { answers: [], models: all, ...(reference !== undefined && { reference }) };
}

/**
 * Finds the column of answers of a table whose rows each name a model.
 *
 * @throws {ReadError} if several columns may hold them.
 */
export function answersOfRow({ rows, open, stated, at }: OpenColumns): AnswerColumns {
  const byName = [
    outputColumns(rows, open),
    allNamed(open, ['answer']).slice(0, 1),
    allNamed(open, ['text']).slice(0, 1),
  ].find(({ length }) => length > 0);
  const answers =
    byName ?? open.filter(column => isOpenName(column) && lookAt(rows, column).textShare >= ENOUGH);
  requireOneInRow(rows, answers, at);
  const rest = open.filter(column => !answers.includes(column));
  const reference = stated.reference ?? named(rest, [...REFERENCE_NAMES, 'answer']);
  return { answers, models: [], ...(reference !== undefined && { reference }) };
}

/**
 * Finds the columns of answers of a table that has one for each model, or one of the model that the file is named
 * after.
 *
 * @throws {ReadError} if a column may be a model's or something else.
 */
export function answersOfTable({ rows, open, stated, at }: OpenColumns): AnswerColumns {
  // Only these may be models, so that no other column is read.
  const looks = new Map(open.filter(isOpenName).map(column => [column, lookAt(rows, column)]));
  const isTeacher = (column: string) => column === stated.teacher;
  const outputs = outputColumns(rows, open).filter(column => !isTeacher(column));
  requireOneInRow(rows, outputs, at);
  const isModel = (column: string) => isTeacher(column) || (looks.get(column)?.textShare ?? 0) >= ENOUGH;
  const models = open.filter(isModel);
  const besides = models.length + outputs.length > 0;
  const gold = stated.reference ?? named(open, REFERENCE_NAMES);
  const answer = named(open, ['answer']);
  if (gold !== undefined && answer !== undefined && besides && stated.reference === undefined)
    throw severalReferences(at, [gold, answer]);
  const reference = gold ?? (besides ? answer : undefined);
  const doubtful = models.filter(column => !isTeacher(column) && looks.get(column)?.plain);
  const certain = [...outputs, ...models.filter(column => !doubtful.includes(column))];
  const [first] = doubtful;
  if (first !== undefined && certain.length > 0 && reference === undefined)
    throw doubtfulModels(at, { doubtful, certain, words: looks.get(first)?.words ?? '' });
  const alone = answer ?? named(open, ['text']);
  const answers = besides || alone === undefined ? outputs : [alone];
  return { answers, models, ...(reference !== undefined && { reference }) };
}

/** Returns the columns whose names say that they hold answers and not whose: those that hold any, or the first. */
function outputColumns(rows: readonly Row[], open: readonly string[]): string[] {
  const columns = allNamed(open, ANSWER_NAMES);
  const filled = columns.filter(column => rows.some(row => isFilled(row, column)));
  return filled.length > 0 ? filled : columns.slice(0, 1);
}

/** @throws {ReadError} if a row fills several columns of answers of the same model. */
function requireOneInRow(rows: readonly Row[], columns: readonly string[], at: string): void {
  if (rows.some(row => columns.filter(column => isFilled(row, column)).length > 1))
    throw severalAnswers(at, columns);
}
