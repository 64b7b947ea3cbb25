import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseJsonl, type Row } from '../readers/index.ts';
import { readIfExists } from './exists.ts';
import { writeFileAtomic } from './write-file.ts';

/** Item of a run, and the key of its result: the hash of everything that decides it. */
export interface KeyedItem {
  id: string | number;
  /** Index among several samples of the item; default 0. */
  sample?: number | undefined;
  key: string;
}

/** Results in a JSON Lines file that several runs fill. */
export interface RowFile<R> {
  /** Results that need not be computed again, by {@link itemName}. */
  found: ReadonlyMap<string, R>;
  /** Number of results in the file that are of no item of this run, and were moved to the file of earlier ones. */
  moved: number;
  /** Adds one row. @throws what {@link RowFileOptions.confirm} throws. */
  add(row: R): Promise<void>;
}

/** Options of {@link openRowFile}. */
export interface RowFileOptions<R> {
  /** The items of this run. */
  items: readonly KeyedItem[];
  /** Makes a row of what a line holds; undefined for one that is no result, such as of a call that failed. */
  read: (row: Row) => R | undefined;
  /** Makes the row of an item of one that was found for it; default with the id and sample of the item. */
  give?: (row: R, item: KeyedItem) => R;
  /**
   * File to which results go that are of no item of this run, so that the file holds this run's alone; those of its
   * items come back from there. Default none: the file keeps all results.
   */
  earlier?: string;
  /** Makes sure, before each write, that no other process writes the file now, or throws. */
  confirm?: (() => Promise<void>) | undefined;
}

/** Returns the name of an item and sample in {@link RowFile.found}. */
export function itemName({ id, sample = 0 }: Pick<KeyedItem, 'id' | 'sample'>): string {
  return JSON.stringify([String(id), sample]);
}

/**
 * Opens the file of an earlier run, or a new one, and finds the results that this run may use: those with the key of one
 * of its items, each for one item. A result of an item of the same id comes first, so that items that differ in their
 * ids alone keep their own. Rows that are no result are taken out, and so is a last line that a killed run left
 * unfinished.
 *
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 * @throws {Error} if the file cannot be read.
 */
export async function openRowFile<R extends KeyedItem>(
  path: string,
  { items, read, earlier, give = withIdOf, confirm = async () => {} }: RowFileOptions<R>,
): Promise<RowFile<R>> {
  const add = async (row: R) => {
    await confirm();
    await appendFile(path, lineOf(row));
  };
  const text = await readText(path);
  const own = rowsOf(text, path, read);
  await confirm();
  if (earlier === undefined) {
    await writeIfChanged(path, own, text);
    return { found: assignRows(items, own, give).found, moved: 0, add };
  }
  const before = await readText(earlier);
  const others = rowsOf(before, earlier, read);
  const { found, left } = assignRows(items, [...others, ...own], give);
  const ownRows = new Set(own);
  const moved = left.filter(row => ownRows.has(row));
  // A row is written to its new file before it leaves the old one: a kill in between loses nothing.
  const both = await writeIfChanged(earlier, [...others, ...moved], before);
  await writeIfChanged(path, [...found.values()], text);
  await writeIfChanged(earlier, left, both);
  return { found, moved: moved.length, add };
}

function rowsOf<R>(text: string, path: string, read: (row: Row) => R | undefined): R[] {
  return parseWholeRows(text, path).flatMap(row => read(row) ?? []);
}

/** Gives each item a row with its key, of its own id if there is one; rows that are there twice count once. */
function assignRows<R extends KeyedItem>(
  items: readonly KeyedItem[],
  rows: readonly R[],
  give: (row: R, item: KeyedItem) => R,
): { found: Map<string, R>; left: R[] } {
  const unused = new Map(rows.map(row => [`${row.key} ${itemName(row)}`, row]));
  const found = new Map<string, R>();
  for (const item of items) {
    const name = itemName(item);
    const own = unused.get(`${item.key} ${name}`);
    if (own === undefined) continue;
    found.set(name, give(own, item));
    unused.delete(`${item.key} ${name}`);
  }
  const byKey = new Map<string, [string, R][]>();
  for (const entry of unused) byKey.set(entry[1].key, [...(byKey.get(entry[1].key) ?? []), entry]);
  for (const item of items) {
    const name = itemName(item);
    const [taken, row] = (found.has(name) ? undefined : byKey.get(item.key)?.shift()) ?? [];
    if (taken === undefined || row === undefined) continue;
    found.set(name, give(row, item));
    unused.delete(taken);
  }
  return { found, left: [...unused.values()] };
}

function withIdOf<R extends KeyedItem>(row: R, { id, sample }: KeyedItem): R {
  return { ...row, id, ...(sample !== undefined && { sample }) };
}

async function readText(path: string): Promise<string> {
  try {
    return (await readIfExists(path)) ?? '';
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    throw new Error(`Cannot write results to ${path}: ${message}`, { cause: error });
  }
}

/** Writes rows to a file that has another text now, and returns its text then. */
async function writeIfChanged(path: string, rows: readonly object[], before: string): Promise<string> {
  const text = rows.map(lineOf).join('');
  if (text !== before) await writeFileAtomic(path, text);
  return text;
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
