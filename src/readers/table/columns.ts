import { didYouMean } from '../../text/index.ts';
import { ReadError, shown } from '../read-error.ts';
import { isRecord } from '../row.ts';

/** Meaning of a table's columns, by their names, where it is stated. */
export interface Columns {
  /** Column of the prompt. */
  prompt?: string;
  /** Columns of answers, each of the model that it is named after; no other column is one. */
  models?: readonly string[];
  /** Column of the teacher's answers. */
  teacher?: string;
  /** Column of the reference answers. */
  reference?: string;
}

/** Parts of {@link Columns}. */
const COLUMN_PARTS = ['prompt', 'models', 'teacher', 'reference'] as const;

/**
 * Returns what was stated of columns with the names as the table writes them, which may be in another case.
 *
 * @throws {ReadError} if a part is unknown, or the table has no such column.
 */
export function statedColumns(columns: Columns, present: readonly string[], at: string): Columns {
  requireParts(columns, at);
  const named = (column: string) => presentColumn(column, present, at);
  const { prompt, models, teacher, reference } = columns;
  return {
    ...(prompt !== undefined && { prompt: named(prompt) }),
    ...(models !== undefined && { models: models.map(named) }),
    ...(teacher !== undefined && { teacher: named(teacher) }),
    ...(reference !== undefined && { reference: named(reference) }),
  };
}

/** @throws {ReadError} naming a part that is unknown. */
function requireParts(columns: object, at: string): void {
  if (Array.isArray(columns))
    throw new ReadError({ at, required: 'an object as the meaning of columns', found: shown(columns) });
  const part = Object.keys(columns).find(key => !COLUMN_PARTS.some(known => known === key));
  if (part === undefined) return;
  const required = `one of ${COLUMN_PARTS.join(', ')} in the meaning of columns`;
  throw new ReadError({ at, required, found: `${shown(part)}${didYouMean(part, COLUMN_PARTS)}` });
}

function presentColumn(column: string, present: readonly string[], at: string): string {
  const found =
    present.find(name => name === column) ??
    present.find(name => name.toLowerCase() === column.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new ReadError({
    at,
    required: `a column ${shown(column)}`,
    found: `the columns ${present.join(', ')}${didYouMean(column, present)}`,
  });
}

/**
 * Parses a statement of columns as a command line has it: `prompt=question,models=gpt-4,mine,reference=answer`, or the
 * same as a JSON object where a name holds a comma or `=`.
 *
 * @throws {ReadError} if it is neither, or a part is unknown.
 * @example
 * parseColumns('prompt=question,models=gpt-4,mine') // { prompt: 'question', models: ['gpt-4', 'mine'] }
 */
export function parseColumns(text: string): Columns {
  const parts = text.trim().startsWith('{') ? jsonParts(text) : listedParts(text);
  requireParts(parts, AT);
  const { models, ...single } = parts;
  const columns: Columns = {};
  for (const part of COLUMN_PARTS) {
    const names = part === 'models' ? models : single[part];
    if (names === undefined) continue;
    const [name, ...more] = names;
    if (part === 'models') columns.models = names;
    else if (name !== undefined && more.length === 0) columns[part] = name;
    else throw new ReadError({ at: AT, required: `one column as ${part}`, found: shown(names.join(',')) });
  }
  return columns;
}

const AT = '--columns';

/** Names of columns by the part that they are. */
type Parts = Record<string, string[]>;

function jsonParts(text: string): Parts {
  const value = parsedJson(text);
  if (!isRecord(value)) throw new ReadError({ at: AT, required: 'a JSON object', found: shown(text) });
  return Object.fromEntries(Object.entries(value).map(([part, names]) => [part, [names].flat().map(String)]));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listedParts(text: string): Parts {
  const parts: Parts = {};
  let open: string[] | undefined;
  for (const piece of text.split(/[,;]/)) {
    const [, part, name = ''] = /^\s*(\w+)\s*=(.*)$/.exec(piece) ?? [];
    if (part !== undefined) {
      open = [];
      parts[part] = open;
    }
    if (open === undefined)
      throw new ReadError({
        at: AT,
        required: `${COLUMN_PARTS[0]}=NAME or another part`,
        found: shown(piece),
      });
    open.push((part === undefined ? piece : name).trim());
  }
  return parts;
}
