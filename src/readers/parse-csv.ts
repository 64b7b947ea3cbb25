import Papa from 'papaparse';
import { withoutMark } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import type { Row } from './row.ts';

/**
 * Reads CSV (RFC 4180) or TSV whose first row names the columns. Every value stays a string. An empty cell is `null`:
 * CSV cannot distinguish "no answer" from "an empty answer".
 *
 * @param text the file's text; what separates its cells is what separates the columns' names.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming file and line, if a quote is never closed, a row has a cell too many or too few, or two
 *   columns share a name.
 */
export function parseCsv(text: string, name: string): Row[] {
  const body = withoutMark(text);
  let header: string[] | undefined;
  const rows: Row[] = [];
  let line = 1;
  let from = 0;
  const onRow = (cells: string[], to: number, problem: Papa.ParseError | undefined) => {
    const at = `${name}:${line}`;
    line += newlines(body.slice(from, to));
    from = to;
    if (problem) throw new ReadError({ at, required: 'well-formed CSV', found: problem.message });
    if (cells.every(cell => cell.trim() === '')) return;
    if (header) rows.push({ at, value: record(header, cells, at) });
    else header = columns(cells, at);
  };
  Papa.parse<string[]>(body, {
    delimiter: delimiterOf(body),
    step: ({ data, errors, meta }) =>
      onRow(
        data,
        meta.cursor,
        errors.find(({ type }) => type === 'Quotes'),
      ),
  });
  return rows;
}

/** Finds the separator that occurs most in the first line: the answers below are full of commas of their own. */
function delimiterOf(body: string): string {
  const [head = ''] = body.trimStart().split('\n', 1);
  const uses = (delimiter: string) => head.split(delimiter).length;
  return [',', '\t', ';', '|'].reduce((best, next) => (uses(next) > uses(best) ? next : best));
}

function columns(cells: string[], at: string): string[] {
  const names = cells.map(cell => cell.trim());
  const twice = names.find((column, index) => names.indexOf(column) !== index);
  if (twice === undefined) return names;
  throw new ReadError({ at, required: 'a name of its own for each column', found: `${shown(twice)} twice` });
}

function record(header: string[], cells: string[], at: string): Record<string, string | null> {
  if (cells.length !== header.length)
    throw new ReadError({ at, required: `a row of ${header.length} cells`, found: `${cells.length}` });
  return Object.fromEntries(header.map((column, index) => [column, cells[index] || null]));
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
