import { ReadError, shown } from './read-error.ts';

/** One record of a file, with the place it was read from. */
export interface Row {
  /** Place of the record, as errors name it: `answers.jsonl:17` or `outputs.json[3]`. */
  at: string;
  value: Record<string, unknown>;
}

/** Reports whether a JSON value is an object, and so may be a record. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes a {@link Row} of `value`. @throws {ReadError} if it is no object. */
export function rowOf(value: unknown, at: string): Row {
  if (isRecord(value)) return { at, value };
  throw new ReadError({ at, required: 'a JSON object', found: shown(value) });
}

/** Returns the first of `keys` that the record has a value for; null counts as a value. */
export function keyOf(row: Row, keys: readonly string[]): string | undefined {
  return keys.find(key => row.value[key] !== undefined);
}

/**
 * Returns the string under the first of `keys` that is present, or undefined.
 *
 * @throws {ReadError} if it is no string.
 */
export function textOf(row: Row, keys: readonly string[]): string | undefined {
  const key = keyOf(row, keys);
  if (key === undefined || row.value[key] === null) return undefined;
  const value = row.value[key];
  if (typeof value === 'string') return value;
  throw new ReadError({ at: row.at, required: `a string under "${key}"`, found: shown(value) });
}

/**
 * Returns the identifier under the first of `keys` that is present, as a string.
 *
 * @throws {ReadError} if it is neither string nor number.
 */
export function idOf(row: Row, keys: readonly string[]): string | undefined {
  const key = keyOf(row, keys);
  if (key === undefined || row.value[key] === null || row.value[key] === '') return undefined;
  const value = row.value[key];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ReadError({ at: row.at, required: `a string or number under "${key}"`, found: shown(value) });
}

/** Returns the id under the first of `keys`. @throws {ReadError} if there is none. */
export function requireId(row: Row, keys: readonly string[]): string {
  const id = idOf(row, keys);
  if (id !== undefined) return id;
  throw new ReadError({ at: row.at, required: `an id under ${keys.join(' or ')}`, found: shown(row.value) });
}

/** Returns the string under the first of `keys`. @throws {ReadError} if there is none. */
export function requireText(row: Row, keys: readonly string[]): string {
  const text = textOf(row, keys);
  if (text !== undefined) return text;
  throw new ReadError({ at: row.at, required: `a text under ${keys.join(' or ')}`, found: shown(row.value) });
}

/** Returns the objects of a list under `key`, each with its place. @throws {ReadError} if it is no list of objects. */
export function rowsUnder({ at, value }: Row, key: string): Row[] {
  const found = value[key];
  if (!Array.isArray(found))
    throw new ReadError({ at, required: `a list under "${key}"`, found: shown(found) });
  return found.map((item, index) => rowOf(item, `${at} ${key}[${index}]`));
}

/** Returns the category of a record, if it states one. */
export function categoryOf({ value }: Row): { category?: string } {
  const category = [value.category, value.dataset].find(name => typeof name === 'string');
  return typeof category === 'string' ? { category } : {};
}

/** Lists the names that records have values under, in the order in which they appear. */
export function columnsOf(rows: readonly Row[]): string[] {
  const columns = new Set<string>();
  for (const { value } of rows) for (const column of Object.keys(value)) columns.add(column);
  return [...columns];
}
