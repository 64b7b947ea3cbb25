import { csvRows } from './csv-rows.ts';
import { type Records, skippedRow } from './json-records.ts';
import { withoutMark } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import type { Row } from './row.ts';

/**
 * Reads CSV (RFC 4180) or TSV whose first row names the columns. Every value stays a string. An empty cell is `null`:
 * CSV cannot distinguish "no answer" from "an empty answer". So is a cell that a short row lacks. A column without a
 * name is called by its number: `column 1`.
 *
 * @param text the file's text; what separates its cells is what separates the columns' names, or what a first line
 *   such as `sep=;` states.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming file and line, if a quote is never closed, a row has a cell too many, or two columns share
 *   a name.
 */
export function parseCsv(text: string, name: string): Row[] {
  return readCsv(text, name, error => {
    throw error;
  });
}

/**
 * Reads CSV or TSV as {@link parseCsv} does, without the rows that are broken, which it lists.
 *
 * @throws {ReadError} if two columns share a name.
 */
export function readCsvRecords(text: string, name: string): Records {
  const skipped: Records['skipped'] = [];
  const rows = readCsv(text, name, error => skipped.push(skippedRow(error)));
  return { rows, skipped };
}

function readCsv(text: string, name: string, onBroken: (error: ReadError) => void): Row[] {
  const [head, ...rows] = csvRows(withoutMark(text));
  if (head === undefined) return [];
  if (head.problem !== undefined) throw malformed(`${name}:${head.line}`, head.problem);
  const columns = columnNames(head.cells, `${name}:${head.line}`);
  return rows.flatMap(({ cells, line, problem }) => {
    const at = `${name}:${line}`;
    const error = problem === undefined ? surplus(cells, columns.length, at) : malformed(at, problem);
    if (error) onBroken(error);
    return error ? [] : [{ at, value: recordOf(columns, cells) }];
  });
}

function malformed(at: string, found: string): ReadError {
  return new ReadError({ at, required: 'well-formed CSV', found });
}

/** Describes what a row has beyond its columns; empty cells do not count. */
function surplus(cells: string[], columns: number, at: string): ReadError | undefined {
  if (cells.slice(columns).every(cell => cell.trim() === '')) return undefined;
  return new ReadError({ at, required: `a row of ${columns} cells`, found: `${cells.length}` });
}

function columnNames(cells: string[], at: string): string[] {
  const names = cells.map((cell, index) => cell.trim() || `column ${index + 1}`);
  const twice = names.find((column, index) => names.indexOf(column) !== index);
  if (twice === undefined) return names;
  throw new ReadError({ at, required: 'a name of its own for each column', found: `${shown(twice)} twice` });
}

function recordOf(columns: string[], cells: string[]): Record<string, string | null> {
  return Object.fromEntries(columns.map((column, index) => [column, cells[index] || null]));
}
