import { readIfExists } from '../files/index.ts';
import { accepts, type Guard } from './guard.ts';
import { messageOf } from './message-of.ts';

/**
 * Loads a file of JSON that a run wrote.
 *
 * @param what it holds, for errors: `the state of a run`.
 * @returns undefined if there is no such file.
 * @throws {Error} naming the file, and the first part of it that is not as a run writes it.
 */
export async function loadJson<T>(path: string, what: string, guard: Guard<T>): Promise<T | undefined> {
  const text = await readIfExists(path);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`Cannot read ${path}: it must be ${what}, got no whole JSON: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (accepts(guard, value)) return value;
  throw new Error(`Cannot read ${path}: it must be ${what}, but ${guard.problem(value, 'its content')}`);
}
