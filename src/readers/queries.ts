import { firstQuery, parseDialogues, TURN_KEYS, withInput } from './dialogues.ts';
import { parseDocument } from './parse-document.ts';
import { parseJsonl, withoutMark } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import { isRecord, keyOf, type Row, textOf } from './row.ts';

/** One query of a file, with its record. */
export interface QueryRow {
  text: string;
  /** The record as the file has it; `{ text }` of a plain line. */
  row: Record<string, unknown>;
}

/** Default fields of a row for its query. */
const QUERY_KEYS = ['text', 'prompt', 'instruction', 'question'];

/**
 * Reads the queries of a file: of JSON Lines, JSON (an array, or one row) or CSV one a row, of any other file one a
 * line. Blank lines hold none. Of dialogues it is the user's first message, and none where no user speaks.
 *
 * @param name the file's name; `.jsonl`, `.ndjson`, `.json`, `.csv` and `.tsv` hold rows, and so does a file whose
 *   first line is a JSON object.
 * @param field the key or column of the query; default the first of `text`, `prompt`, `instruction` (with `input`)
 *   and `question` that a row has.
 * @throws {ReadError} naming file and line of a row without a query.
 * @example
 * parseQueries('Why?\n\nHow?', 'queries.txt').map(({ text }) => text) // ['Why?', 'How?']
 */
export function parseQueries(text: string, name: string, field?: string): QueryRow[] {
  const body = withoutMark(text);
  const rows = rowsOf(body, name);
  if (rows === undefined) {
    const lines = body.split(/\r?\n/).filter(line => line.trim() !== '');
    return lines.map(line => ({ text: line, row: { text: line } }));
  }
  if (field === undefined && rows[0] && keyOf(rows[0], TURN_KEYS) !== undefined) {
    return parseDialogues(body, name).flatMap((dialogue, i) => {
      const query = firstQuery(dialogue);
      return query === undefined ? [] : [{ text: query, row: rows[i]?.value ?? {} }];
    });
  }
  return rows.map(row => ({ text: queryOf(row, field), row: row.value }));
}

/** Parses the file's rows; undefined if it holds plain lines. */
function rowsOf(body: string, name: string): Row[] | undefined {
  if (body.trim() === '') return [];
  const [firstLine = ''] = body.trimStart().split('\n', 1);
  if (/\.(jsonl|ndjson|parquet)$/i.test(name) || isObject(firstLine)) return parseJsonl(body, name);
  if (!/\.(json|csv|tsv)$/i.test(name)) return undefined;
  const { rows, whole } = parseDocument(body, name);
  return whole ? [{ at: name, value: whole }] : rows;
}

function isObject(line: string): boolean {
  try {
    return isRecord(JSON.parse(line));
  } catch {
    return false;
  }
}

function queryOf(row: Row, field: string | undefined): string {
  const keys = field === undefined ? QUERY_KEYS : [field];
  const text = textOf(field === undefined ? withInput(row) : row, keys);
  if (text !== undefined) return text;
  throw new ReadError({ at: row.at, required: `a text under ${keys.join(', ')}`, found: shown(row.value) });
}
