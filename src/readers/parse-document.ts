import { parseCsv } from './parse-csv.ts';
import { parseJsonl, withoutMark } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import { isRecord, type Row, rowOf } from './row.ts';

/** A parsed file, before anything is known about its meaning. */
export interface ParsedDocument {
  /** The file's name, for errors and as the model's name where the file says none. */
  name: string;
  /** The records of JSON Lines, CSV or a JSON array; none for a file that is one JSON object. */
  rows: Row[];
  /** The object that a JSON file holds. */
  whole?: Record<string, unknown>;
}

/**
 * Takes a JSON, JSON Lines, CSV or TSV file apart; the rows of Parquet come as JSON Lines. The extension decides
 * where it is plain; a `.json` file with an object on every line is read as JSON Lines, since published records are
 * named so.
 *
 * @throws {ReadError} naming file and line.
 */
export function parseDocument(text: string, name: string): ParsedDocument {
  const body = withoutMark(text);
  if (body.trim() === '') throw new ReadError({ at: name, required: 'a text', found: 'an empty file' });
  if (/\.(jsonl|ndjson|parquet)$/i.test(name)) return { name, rows: parseJsonl(body, name) };
  if (/\.(csv|tsv)$/i.test(name)) return { name, rows: parseCsv(body, name) };
  if (holdsLines(body)) return { name, rows: parseJsonl(body, name) };
  if (/\.json$/i.test(name) || /^\s*[[{]/.test(body)) return parseJson(body, name);
  return { name, rows: parseCsv(body, name) };
}

function holdsLines(body: string): boolean {
  const [first = '', ...rest] = body.trim().split('\n', 2);
  if (!first.startsWith('{') || rest.length === 0) return false;
  try {
    return isRecord(JSON.parse(first));
  } catch {
    return false;
  }
}

function parseJson(body: string, name: string): ParsedDocument {
  const value = parseValue(body, name);
  if (isRecord(value)) return { name, rows: [], whole: value };
  if (Array.isArray(value))
    return { name, rows: value.map((item, index) => rowOf(item, `${name}[${index}]`)) };
  throw new ReadError({ at: name, required: 'a JSON array or object', found: shown(value) });
}

function parseValue(body: string, name: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new ReadError({ at: name, required: 'valid JSON', found: (error as SyntaxError).message });
  }
}
