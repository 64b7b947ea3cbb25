import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isErrno } from '../files/index.ts';
import {
  decodeText,
  isArrow,
  isParquet,
  type ParsedDocument,
  ReadError,
  readBytes,
} from '../readers/index.ts';
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
  return loadSourceFile(source, options, textFile);
}

/**
 * Loads the records of a file or public record, whatever they mean: JSON, JSON Lines, CSV, TSV, Parquet or
 * Arrow, in any encoding that {@link readBytes} knows, perhaps compressed by gzip.
 *
 * @throws {Error} if there is neither.
 */
export async function loadDocument(source: string, options: FetchOptions = {}): Promise<ParsedDocument> {
  return loadSourceFile(source, options, async path => readBytes(await fileBytes(path), basename(path)));
}

/** Reads a file, or else the public record of the name. A file comes first. */
async function loadSourceFile<Content>(
  source: string,
  options: FetchOptions,
  read: (path: string) => Promise<Content>,
): Promise<Content> {
  const file = await localFile(source, read);
  if (file !== undefined) return file;
  const catalogue = await requireRecord(source, options);
  const { path } = await fetchRecord(source, { ...options, catalogue });
  return read(path);
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
    const file = await localFile(source, textFile);
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

/** Reads a file; undefined if there is none. */
async function localFile<Content>(
  path: string,
  read: (path: string) => Promise<Content>,
): Promise<Content | undefined> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    if (isErrno(error, 'ENOENT')) return undefined;
    throw new Error(`Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Reads a file's bytes, unpacked where it is compressed by gzip. */
async function fileBytes(path: string): Promise<Uint8Array> {
  const stored = await readFile(path);
  return stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
}

/**
 * Reads a file in UTF-8, or in UTF-16 with its mark, as spreadsheets write "Unicode text". Of Parquet and Arrow its rows
 * as JSON Lines, so that whatever reads rows reads them.
 *
 * @throws {ReadError} if its encoding is another: no report would state the guess.
 */
async function textFile(path: string): Promise<LoadedText> {
  const name = basename(path);
  const bytes = await fileBytes(path);
  const isTable = isParquet(bytes, name) || isArrow(bytes, name);
  if (isTable) {
    const { rows } = await readBytes(bytes, name);
    return { text: rows.map(({ value }) => `${JSON.stringify(value)}\n`).join(''), name, path };
  }
  const { text, guessed } = decodeText(bytes, name);
  if (!guessed) return { text, name, path };
  throw new ReadError({ at: name, required: 'text in UTF-8 or UTF-16', found: 'other bytes' });
}
