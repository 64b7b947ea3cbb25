import { openInput } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import { repeatedKey } from './repeated-key.ts';

/** Largest JSON file that is read; the index of a model of a hundred thousand tensors takes a tenth of it. */
const MOST_BYTES = 100_000_000;

/**
 * Reads a JSON file that must hold one object, and no key twice.
 *
 * @throws {ReadError} if it does not, or is too large.
 */
export async function readJson(path: string): Promise<Record<string, unknown>> {
  const file = await openInput(path);
  try {
    if (file.size > MOST_BYTES) {
      throw new ReadError({ at: path, required: `at most ${MOST_BYTES} bytes`, found: `${file.size}` });
    }
    const bytes = new Uint8Array(file.size);
    await file.fill(bytes, 0);
    return parseObject(bytes, path);
  } finally {
    await file.close();
  }
}

/**
 * Parses a JSON text that must hold one object and no key twice.
 *
 * @throws {ReadError} if it does not.
 */
export function parseObject(bytes: Uint8Array, at: string): Record<string, unknown> {
  const required = 'an object in JSON';
  let json: string;
  let value: unknown;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(json);
  } catch (error) {
    throw new ReadError({ at, required, found: shown((error as Error).message) });
  }
  if (!isObject(value)) throw new ReadError({ at, required, found: shown(value) });
  const repeated = repeatedKey(json);
  if (repeated === undefined) return value;
  throw new ReadError({ at, required: 'each name once', found: `${shown(repeated)} twice` });
}

/**
 * Returns an object whose values must be strings.
 *
 * @throws {ReadError} if it is none.
 */
export function stringsOf(value: unknown, at: string): Record<string, string> {
  if (!isObject(value)) throw new ReadError({ at, required: 'an object of strings', found: shown(value) });
  for (const [key, text] of Object.entries(value)) {
    if (typeof text === 'string') continue;
    throw new ReadError({ at, required: `a string under ${shown(key)}`, found: shown(text) });
  }
  return value as Record<string, string>;
}

/** JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Reports whether a value of JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
