import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isErrno } from '../files/index.ts';
import { isParquet, parseParquet, ReadError } from '../readers/index.ts';
import { messageOf } from '../runs/index.ts';
import { type FetchOptions, fetchRecord, fetchRecords } from './fetch-record.ts';
import { findRecords, loadRecordCatalogue } from './record-catalogue.ts';

/** A file's text. */
export interface LoadedText {
  text: string;
  /** The file's name, for errors. */
  name: string;
  /** Path on this machine. */
  path: string;
}

/**
 * Loads the text of a path or the name of a public record. A file comes first.
 *
 * @throws {Error} if there is neither.
 * @example
 * const { text, name } = await loadText('answers.jsonl')
 * name // 'answers.jsonl'
 */
export async function loadText(source: string, options: FetchOptions = {}): Promise<LoadedText> {
  const file = await localFile(source);
  if (file) return file;
  const catalogue = await requireRecord(source, options);
  const { path } = await fetchRecord(source, { ...options, catalogue });
  return textFile(path);
}

/**
 * Loads the texts of paths and names, where the name of a set (`sharegpt`) or a pattern (`hc3/*`) matches several
 * records.
 *
 * @throws {Error} if one of them is neither a file nor a record.
 * @example
 * // Needs public records.
 * (await loadTexts(['hc3/*'])).length // 5
 */
export async function loadTexts(
  sources: readonly string[],
  options: FetchOptions = {},
): Promise<LoadedText[]> {
  const texts: LoadedText[] = [];
  for (const source of sources) {
    const file = await localFile(source);
    if (file) {
      texts.push(file);
      continue;
    }
    const catalogue = await requireRecord(source, options);
    for (const { path } of await fetchRecords([source], { ...options, catalogue }))
      texts.push(await textFile(path));
  }
  return texts;
}

/** Finds the catalogue that holds the source. @throws {Error} if it holds none of this name. */
async function requireRecord(source: string, options: FetchOptions) {
  const catalogue = options.catalogue ?? (await loadRecordCatalogue());
  if (findRecords(catalogue, source).length > 0) return catalogue;
  throw new Error(
    `Cannot load ${source}: a file or the name of a public record is required, found no record of that name and no file ${resolve(source)}`,
  );
}

async function localFile(path: string): Promise<LoadedText | undefined> {
  try {
    return await textFile(path);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    if (isErrno(error, 'ENOENT')) return undefined;
    throw new Error(`Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Reads a file in UTF-8, or in UTF-16 with its mark, as spreadsheets write "Unicode text". Of Parquet its rows as
 * JSON Lines, so that whatever reads rows reads them.
 */
async function textFile(path: string): Promise<LoadedText> {
  const name = basename(path);
  const stored = await readFile(path);
  const bytes = name.endsWith('.gz') ? gunzipSync(stored) : stored;
  if (isParquet(bytes, name)) {
    const rows = await parseParquet(bytes, name);
    return { text: rows.map(({ value }) => `${JSON.stringify(value)}\n`).join(''), name, path };
  }
  const encoding = UTF16_MARKS[bytes.toString('hex', 0, 2)] ?? 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), name, path };
  } catch {
    throw new ReadError({ at: name, required: 'text in UTF-8 or UTF-16', found: 'other bytes' });
  }
}

const UTF16_MARKS: Record<string, string> = { fffe: 'utf-16le', feff: 'utf-16be' };
