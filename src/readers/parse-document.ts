import { readJsonRecords, recordsIn } from './json-records.ts';
import { parseLooseJson } from './json-values.ts';
import { parseCsv, readCsvRecords } from './parse-csv.ts';
import { parseJsonl, withoutMark } from './parse-jsonl.ts';
import { ReadError, type SkippedRow, shown } from './read-error.ts';
import { isRecord, type Row, rowOf } from './row.ts';

/** A parsed file, before anything is known about its meaning. */
export interface ParsedDocument {
  /** The file's name, for errors and as the model's name where the file says none. */
  name: string;
  /** The records of JSON Lines, CSV or a JSON array; none for a file that is one JSON object. */
  rows: Row[];
  /** The object that a JSON file holds. */
  whole?: Record<string, unknown>;
  /** Records that could not be parsed, where those are not refused. */
  skipped?: SkippedRow[];
  /** Encoding of the text, where it had to be guessed. */
  guessedEncoding?: string;
}

/**
 * Takes a JSON, JSON Lines, CSV or TSV file apart; the rows of Parquet come as JSON Lines. The extension decides
 * where it is plain; a `.json` file with an object on every line is read as JSON Lines, since published records are
 * named so.
 *
 * @throws {ReadError} naming file and line.
 */
export function parseDocument(text: string, name: string): ParsedDocument {
  const body = bodyOf(text, name);
  switch (syntaxOf(body, name)) {
    case 'lines':
      return { name, rows: parseJsonl(body, name) };
    case 'json':
      return parseJson(body, name);
    case 'csv':
      return { name, rows: parseCsv(body, name) };
  }
}

/**
 * Takes a file apart as {@link parseDocument} does, without the records that are broken, which it lists. `NaN` is read
 * as null, and objects that follow each other are records whether or not each has a line of its own.
 *
 * @throws {ReadError} if the file holds nothing, or a table's columns have no names of their own.
 */
export function readDocument(text: string, name: string): ParsedDocument {
  const body = bodyOf(text, name);
  const syntax = syntaxOf(body, name);
  if (syntax === 'csv') return { name, ...readCsvRecords(body, name) };
  if (syntax === 'lines') return { name, ...readJsonRecords(body, name) };
  let value: unknown;
  try {
    value = parseLooseJson(body);
  } catch (error) {
    const records = readJsonRecords(body, name);
    if (records.rows.length > 0) return { name, ...records };
    throw invalidJson(error, name);
  }
  if (isRecord(value)) return { name, rows: [], whole: value };
  if (!Array.isArray(value)) throw noTable(value, name);
  return { name, ...recordsIn(value, name) };
}

function bodyOf(text: string, name: string): string {
  const body = withoutMark(text);
  if (body.trim() === '') throw new ReadError({ at: name, required: 'a text', found: 'an empty file' });
  return body;
}

function syntaxOf(body: string, name: string): 'lines' | 'json' | 'csv' {
  const file = name.replace(/\.gz$/i, '');
  if (/\.(jsonl|ndjson|parquet)$/i.test(file)) return 'lines';
  if (/\.(csv|tsv)$/i.test(file)) return 'csv';
  if (holdsLines(body)) return 'lines';
  return /\.json$/i.test(file) || /^\s*[[{]/.test(body) ? 'json' : 'csv';
}

function holdsLines(body: string): boolean {
  const [first = '', ...rest] = body.trim().split('\n', 2);
  if (!first.startsWith('{') || rest.length === 0) return false;
  try {
    return isRecord(parseLooseJson(first));
  } catch {
    return false;
  }
}

function parseJson(body: string, name: string): ParsedDocument {
  const value = parseValue(body, name);
  if (isRecord(value)) return { name, rows: [], whole: value };
  if (Array.isArray(value))
    return { name, rows: value.map((item, index) => rowOf(item, `${name}[${index}]`)) };
  throw noTable(value, name);
}

function parseValue(body: string, name: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw invalidJson(error, name);
  }
}

function invalidJson(error: unknown, name: string): ReadError {
  const found = error instanceof Error ? error.message : String(error);
  return new ReadError({ at: name, required: 'valid JSON', found });
}

function noTable(value: unknown, name: string): ReadError {
  return new ReadError({ at: name, required: 'a JSON array or object', found: shown(value) });
}
