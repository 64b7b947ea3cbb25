import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseJsonl, type Row } from '../readers/index.ts';
import { readIfExists } from './exists.ts';
import { writeFileAtomic } from './write-file.ts';

/** Rows in a JSON Lines file that several runs fill. */
export interface RowFile<R> {
  /** The rows that are there, by their ids as texts. */
  found: ReadonlyMap<string, R>;
  /** The rows that were taken out of it, since they failed. */
  failed: ReadonlyMap<string, R>;
  /** Adds one row. */
  add(row: R): Promise<void>;
}

/**
 * Opens the file of an earlier run, or a new one. Rows of items that failed are taken out, since those are asked
 * again, and so is a last line that a killed run left unfinished.
 *
 * @param read makes a row of what a line holds, or throws.
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 * @throws {Error} if the file cannot be read.
 */
export async function openRowFile<R extends { id: unknown }>(
  path: string,
  { read, failed }: { read: (row: Row) => R; failed: (row: R) => boolean },
): Promise<RowFile<R>> {
  const text = await readIfExists(path).catch((error: Error) => {
    throw new Error(`Cannot write results to ${path}: ${error.message}`, { cause: error });
  });
  const rows = parseWholeRows(text ?? '', path).map(read);
  const kept = rows.filter(row => !failed(row));
  const lines = kept.map(lineOf).join('');
  if (lines !== (text ?? '')) await writeFileAtomic(path, lines);
  return {
    found: byId(kept),
    failed: byId(rows.filter(failed)),
    add: row => appendFile(path, lineOf(row)),
  };
}

function byId<R extends { id: unknown }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.map(row => [String(row.id), row]));
}

/**
 * Parses the rows of a JSON Lines file up to the end of its last whole line.
 *
 * @param path the file's, for errors.
 * @throws {ReadError} naming file and line of one that is no JSON object.
 */
export function parseWholeRows(text: string, path: string): Row[] {
  return parseJsonl(text.slice(0, text.lastIndexOf('\n') + 1), basename(path));
}

/** Formats a row as a line of such a file. */
export function lineOf(row: object): string {
  return `${JSON.stringify(row)}\n`;
}
