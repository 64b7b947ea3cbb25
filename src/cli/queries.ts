import { InvalidArgumentError } from 'commander';
import type { QueryRow } from '../readers/index.ts';
import type { OnProgress } from '../runs/index.ts';

/** What a command says of its files of queries. */
export const QUERIES_HELP =
  'JSON Lines, JSON, CSV or Parquet with a query a row, dialogues, one query a line, or the name of a record or set';
export const FIELD_HELP = 'key or column of the query (default: text, prompt, instruction or question)';

/** The queries of files and records, with the rows they stand in. */
export async function loadQueries(files: readonly string[], field: string | undefined): Promise<QueryRow[]> {
  const { loadTexts } = await import('../data/index.ts');
  const { parseQueries } = await import('../readers/index.ts');
  return (await loadTexts(files)).flatMap(({ text, name }) => parseQueries(text, name, field));
}

/** Draws progress on a terminal. */
export async function whereSeen(): Promise<{ onProgress?: OnProgress }> {
  const { progressLine } = await import('../runs/index.ts');
  return process.stderr.isTTY ? { onProgress: progressLine() } : {};
}

/** An option's value as a number of threads. @throws {InvalidArgumentError} if it is none. */
export function threads(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('an integer of at least 1 is required');
}
