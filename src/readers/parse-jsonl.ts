import { ReadError, shown } from './read-error.ts';
import { type Row, rowOf } from './row.ts';

/**
 * Reads JSON Lines: one object a line. A byte order mark, CRLF line ends and blank lines are tolerated.
 *
 * @param text the file's text.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming file and line, if a line is no JSON object.
 * @example
 * parseJsonl('{"id": 1}\n{"id": 2}', 'a.jsonl')[1] // { at: 'a.jsonl:2', value: { id: 2 } }
 */
export function parseJsonl(text: string, name: string): Row[] {
  const rows: Row[] = [];
  for (const [index, line] of withoutMark(text).split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = `${name}:${index + 1}`;
    rows.push(rowOf(parseLine(line, at), at));
  }
  return rows;
}

/** Removes a leading byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parseLine(line: string, at: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ReadError({ at, required: 'one JSON object on the line', found: shown(line.trim()) });
  }
}
