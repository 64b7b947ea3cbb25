import { canonicalJson } from '../files/index.ts';

/** Settings that decide the results of a run, by name; values of JSON. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Requires a run to have the settings that it was started with, in any order of their names.
 *
 * @param what was started, for errors: `the checkpoint runs/a/checkpoints/step-00000120`.
 * @param remedy what helps, in words that follow a colon.
 * @throws {Error} naming the first setting that differs, and both its values.
 */
export function requireSameSettings(
  what: string,
  before: Settings,
  now: Settings,
  remedy = 'use another folder or delete it',
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (canonicalJson(before[name]) === canonicalJson(now[name])) continue;
    const [then, asked] = [before[name], now[name]].map(value => JSON.stringify(value) ?? 'unset');
    throw new Error(`${what} was started with ${name} ${then}, got ${asked}: ${remedy}`);
  }
}
