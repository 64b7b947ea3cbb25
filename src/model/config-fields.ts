import { ReadError, shown } from '../readers/index.ts';

/** Fields of a model's config in a file. */
export interface ConfigFields {
  /**
   * Returns the number under a key; where there is none, or null, the fallback if one is given.
   *
   * @throws {ReadError} if there is neither.
   */
  number(key: string, fallback?: number): number;
  /**
   * Requires that each key is missing, null, or has one of its values: others are variants that are not computed here.
   *
   * @throws {ReadError} if one has another value.
   */
  requireValues(known: Readonly<Record<string, readonly unknown[]>>): void;
}

/**
 * Reads the fields of a config.
 *
 * @param fieldOf the value under a key, undefined where there is none.
 * @param at the file, for errors.
 */
export function configFields(fieldOf: (key: string) => unknown, at: string): ConfigFields {
  return {
    number(key, fallback) {
      const value = fieldOf(key) ?? fallback;
      if (typeof value === 'number') return value;
      throw new ReadError({ at, required: `a number under "${key}"`, found: shownValue(value) });
    },
    requireValues(known) {
      for (const [key, values] of Object.entries(known)) {
        const value = fieldOf(key);
        if (value === undefined || value === null || values.includes(value)) continue;
        const required = `${values.map(shownValue).join(' or ')} under "${key}"`;
        throw new ReadError({ at, required, found: shownValue(value) });
      }
    },
  };
}

function shownValue(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : shown(value);
}
