import { ReadError, shown } from '../readers/index.ts';
import { ACTIVATION_NAMES, type Activation, activationOf } from './activations.ts';
import { isObject } from './json.ts';

/**
 * Fields of a model's config in a file. A key that is missing and one whose value is null are the same. Each that is
 * asked for counts as read, so that {@link ConfigFields.requireAllRead} finds those that nobody knows.
 */
export interface ConfigFields {
  /** The file, for errors. */
  readonly at: string;
  /** Returns the value under a key; undefined where there is none. */
  value(key: string): unknown;
  /**
   * Returns the number under a key; where there is none, the fallback if one is given.
   *
   * @throws {ReadError} if there is neither.
   */
  number(key: string, fallback?: number): number;
  /** Returns the number under a key, if there is one. @throws {ReadError} if there is something else. */
  optionalNumber(key: string): number | undefined;
  /**
   * Returns the number under a key; where its value is null, undefined; where there is no key, the fallback.
   *
   * @throws {ReadError} if there is something else.
   */
  numberUnlessNull(key: string, fallback: number): number | undefined;
  /** Returns the text under a key, if there is one. @throws {ReadError} if there is something else. */
  text(key: string): string | undefined;
  /** Returns the truth value under a key; where there is none, the fallback. @throws {ReadError} if it is none. */
  flag(key: string, fallback: boolean): boolean;
  /** Returns the list under a key, if there is one. @throws {ReadError} if an item fails the test. */
  list<T>(key: string, what: string, isItem: (item: unknown) => item is T): readonly T[] | undefined;
  /** Returns the activation under a key; where there is none, the fallback. @throws {ReadError} if it is unknown. */
  activation(key: string, fallback: Activation): Activation;
  /** Returns the fields of the object under a key, if there is one. @throws {ReadError} if there is something else. */
  object(key: string): ConfigFields | undefined;
  /**
   * Requires that each key is missing, or has one of its values: others are variants that are not computed here.
   *
   * @throws {ReadError} if one has another value.
   */
  requireValues(known: Readonly<Record<string, readonly unknown[]>>): void;
  /**
   * Requires that every key was read, or changes no result.
   *
   * @throws {ReadError} that names the first that does neither.
   */
  requireAllRead(isHarmless: (key: string) => boolean): void;
}

/**
 * Reads the fields of a config.
 *
 * @param fields by their keys.
 * @param at the file, for errors.
 */
export function configFields(fields: ReadonlyMap<string, unknown>, at: string): ConfigFields {
  const read = new Set<string>();
  const objects: ConfigFields[] = [];

  const value = (key: string): unknown => {
    read.add(key);
    return fields.get(key) ?? undefined;
  };
  const refuse = (required: string, key: string): never => {
    throw new ReadError({ at, required: `${required} under "${key}"`, found: shownValue(value(key)) });
  };
  const optionalNumber = (key: string): number | undefined => {
    const found = value(key);
    if (found === undefined || typeof found === 'number') return found;
    return refuse('a number', key);
  };

  return {
    at,
    value,
    optionalNumber,
    number: (key, fallback) => optionalNumber(key) ?? fallback ?? refuse('a number', key),
    numberUnlessNull: (key, fallback) => optionalNumber(key) ?? (fields.has(key) ? undefined : fallback),
    text(key) {
      const found = value(key);
      return found === undefined || typeof found === 'string' ? found : refuse('a text', key);
    },
    flag(key, fallback) {
      const found = value(key) ?? fallback;
      return typeof found === 'boolean' ? found : refuse('true or false', key);
    },
    list(key, what, isItem) {
      const found = value(key);
      if (found === undefined) return undefined;
      return Array.isArray(found) && found.every(isItem) ? found : refuse(`a list of ${what}`, key);
    },
    activation(key, fallback) {
      const found = value(key);
      if (found === undefined) return fallback;
      return activationOf(found) ?? refuse(oneOf(ACTIVATION_NAMES), key);
    },
    object(key) {
      const found = value(key);
      if (found === undefined) return undefined;
      if (!isObject(found)) return refuse('an object', key);
      const nested = configFields(new Map(Object.entries(found)), `${at}, "${key}"`);
      objects.push(nested);
      return nested;
    },
    requireValues(known) {
      for (const [key, values] of Object.entries(known)) {
        const found = value(key);
        if (found !== undefined && !values.includes(found)) refuse(oneOf(values), key);
      }
    },
    requireAllRead(isHarmless) {
      for (const [key, found] of fields) {
        if (read.has(key) || found === undefined || found === null || isHarmless(key)) continue;
        const required = 'only keys whose effect on the model is known';
        throw new ReadError({ at, required, found: `"${key}": ${shownValue(found)}` });
      }
      for (const nested of objects) nested.requireAllRead(isHarmless);
    },
  };
}

function oneOf(values: readonly unknown[]): string {
  return values.map(shownValue).join(' or ');
}

function shownValue(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : shown(value);
}
