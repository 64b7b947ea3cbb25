import { appendFile, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseJsonl } from '../readers/index.ts';
import { writeFileAtomic } from '../util/index.ts';

/** A row of results; what it says under the file's field is null where the item failed. */
export type ResultRow = { id: unknown } & Record<string, unknown>;

/** Rows of results in a JSON Lines file that several runs fill. */
export interface ResultFile {
  /** The rows that are there, by their ids as texts. */
  found: ReadonlyMap<string, ResultRow>;
  /** Adds one row. */
  add(row: ResultRow): Promise<void>;
}

/**
 * Opens the file of an earlier run, or a new one. Rows of items that failed are taken out, since those are asked
 * again, and so is a last line that a killed run left unfinished.
 *
 * @param field what a row says besides its `id`.
 * @param isResult whether that is a result; null is none.
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 * @throws {Error} if it is no row of results.
 */
export async function openResultFile(
  path: string,
  field: string,
  isResult: (value: unknown) => boolean,
): Promise<ResultFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`Cannot write results to ${path}: ${error.message}`, { cause: error });
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows = parseJsonl(whole, basename(path)).map(({ at, value }): ResultRow => {
    const { id, [field]: result } = value;
    if (['string', 'number'].includes(typeof id) && (result === null || isResult(result)))
      return { ...value, id };
    throw new Error(
      `Cannot go on with ${path}: rows of id and ${field} are required, found another at ${at}`,
    );
  });
  const kept = rows.filter(row => row[field] !== null);
  const lines = kept.map(lineOf).join('');
  if (lines !== text) await writeFileAtomic(path, lines);
  return {
    found: new Map(kept.map(row => [String(row.id), row])),
    add: row => appendFile(path, lineOf(row)),
  };
}

/** A row as it stands in the file. */
export function lineOf(row: ResultRow): string {
  return `${JSON.stringify(row)}\n`;
}
