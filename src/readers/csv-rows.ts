import Papa from 'papaparse';

/** Cells of one row of CSV, or what is wrong with it. */
export interface CsvRow {
  cells: string[];
  /** Line that the row begins on, counted from 1. */
  line: number;
  problem?: string;
}

/** Most unclosed quotes behind which a file is read on, each from the next line. */
const MOST_UNCLOSED = 100;

/**
 * Splits CSV (RFC 4180) into rows of cells, without those that are blank. Behind a quote that is never closed, which
 * would swallow the rest, it continues with the next line.
 *
 * @param body without a byte order mark; its first line may state the separator, as in `sep=;`.
 */
export function csvRows(body: string): CsvRow[] {
  const [stated, separator] = /^sep=(.)\r?\n/i.exec(body) ?? [''];
  const delimiter = separator ?? delimiterOf(body);
  const rows: CsvRow[] = [];
  let start: Start | undefined = { at: stated.length, line: stated === '' ? 1 : 2 };
  for (let tries = 0; start !== undefined; tries++)
    start = readFrom(body, { ...start, delimiter, last: tries === MOST_UNCLOSED }, rows);
  return rows.filter(({ cells, problem }) => problem !== undefined || cells.some(cell => cell.trim() !== ''));
}

/** Start of a part of the text: its index and its line. */
interface Start {
  at: number;
  line: number;
}

/** Adds the rows from a place on. @returns the place behind a row whose quote is never closed. */
function readFrom(
  body: string,
  { at, line, delimiter, last }: Start & { delimiter: string; last: boolean },
  rows: CsvRow[],
): Start | undefined {
  const next = { at, line };
  let behind: Start | undefined;
  Papa.parse<string[]>(body.slice(at), {
    delimiter,
    step: ({ data: cells, errors, meta }) => {
      const problem = errors.find(({ type }) => type === 'Quotes');
      rows.push({ cells, line: next.line, ...(problem && { problem: problem.message }) });
      const end = body.indexOf('\n', next.at);
      if (problem?.code === 'MissingQuotes' && end >= 0 && !last)
        behind = { at: end + 1, line: next.line + 1 };
      const to = at + meta.cursor;
      next.line += body.slice(next.at, to).split('\n').length - 1;
      next.at = to;
    },
  });
  return behind;
}

/** Finds the separator that occurs most in the first line: the answers below are full of commas of their own. */
function delimiterOf(body: string): string {
  const [head = ''] = body.trimStart().split('\n', 1);
  const names = head.replace(/"[^"]*"/g, '""');
  const uses = (delimiter: string) => names.split(delimiter).length;
  return [',', '\t', ';', '|'].reduce((best, next) => (uses(next) > uses(best) ? next : best));
}
