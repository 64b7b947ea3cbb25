import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Answers, answersFromRows, ReadError, type ReadOptions, readAnswers } from '../readers/index.ts';
import type { Prompt } from '../schema.ts';
import { type FetchOptions, fetchRecord } from './fetch-record.ts';
import { findRecords, recordCatalogue } from './record-catalogue.ts';

/** A table that gives its rows as objects, as an arquero table does. */
export interface RowTable {
  objects(): object[];
}

/** Where answers come from: a path, the name of a public record, rows, a table, or answers already read. */
export type Source = string | readonly object[] | RowTable | Answers;

/** How to read a source, and how to fetch it where it is a public record. */
export type LoadOptions = Partial<ReadOptions> & FetchOptions;

/**
 * Loads answers from a file on this machine, a public record (fetched and checked), an array of rows or an
 * arquero table, in any format that {@link readAnswers} knows.
 *
 * @throws {ReadError} naming file and line of what cannot be read.
 * @throws {Error} if there is neither such a file nor such a record.
 * @example
 * await loadAnswers('fastchat/vicuna-13b')
 */
export async function loadAnswers(source: Source, options: LoadOptions = {}): Promise<Answers> {
  if (typeof source === 'string') {
    const { text, name } = await loadText(source, options);
    return readAnswers(text, { name, ...options });
  }
  if ('generations' in source) return source;
  const rows = 'objects' in source ? source.objects() : source;
  return answersFromRows(rows as Record<string, unknown>[], { name: 'rows', ...options });
}

/**
 * Loads prompts from a file of questions, or from the prompts that a file of answers holds. Plain rows may
 * keep a prompt under `text`.
 *
 * @throws as {@link loadAnswers} does.
 */
export async function loadPrompts(source: Source, options: LoadOptions = {}): Promise<Prompt[]> {
  const { format, prompts } = await loadAnswers(source, options);
  // Rows of `id` and `text` read as answers; here they can only be prompts.
  return format === 'rows' ? (await loadAnswers(source, { ...options, format: 'prompts' })).prompts : prompts;
}

/**
 * The text behind a path or the name of a public record, and the file's name. A file comes first.
 *
 * @throws {Error} if there is neither.
 */
export async function loadText(
  source: string,
  options: FetchOptions = {},
): Promise<{ text: string; name: string }> {
  try {
    return await textFile(source);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new Error(`Cannot read ${source}: ${message}`, { cause: error });
  }
  if (findRecords(options.catalogue ?? (await recordCatalogue()), source).length === 0)
    throw new Error(
      `Cannot load ${source}: a file or the name of a public record is required, found no record of that name and no file ${resolve(source)}`,
    );
  const { path } = await fetchRecord(source, options);
  return textFile(path);
}

/** A file in UTF-8, or in UTF-16 with its mark, as spreadsheets write "Unicode text". */
async function textFile(path: string): Promise<{ text: string; name: string }> {
  const bytes = await readFile(path);
  const name = basename(path);
  const encoding = UTF16_MARKS[bytes.toString('hex', 0, 2)] ?? 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), name };
  } catch {
    throw new ReadError({ at: name, required: 'text in UTF-8 or UTF-16', found: 'other bytes' });
  }
}

const UTF16_MARKS: Record<string, string> = { fffe: 'utf-16le', feff: 'utf-16be' };
