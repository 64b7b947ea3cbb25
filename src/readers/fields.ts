import { isRecord } from './row.ts';

/** Check of one field's type. */
export type FieldCheck = (value: unknown) => boolean;

/** Fields that a record must have, each with its type. */
export type Fields = Readonly<Record<string, FieldCheck>>;

/** Reports whether a value is a text. */
export const isText: FieldCheck = value => typeof value === 'string';

/** Reports whether a value is a text, or null, as of an answer that is missing. */
export const isTextOrNull: FieldCheck = value => value === null || isText(value);

/** Reports whether a value can be an id. */
export const isId: FieldCheck = value => typeof value === 'string' || typeof value === 'number';

/** Reports whether a value is a list of which each item passes a check. */
export function listOf(check: FieldCheck): FieldCheck {
  return value => Array.isArray(value) && value.every(check);
}

/** Reports whether a value is an object with these fields. */
export function objectOf(fields: Fields): FieldCheck {
  return value => isRecord(value) && hasFields(value, fields);
}

/** Reports whether a record has all of these fields; those it has besides do not matter. */
export function hasFields(value: Record<string, unknown>, fields: Fields): boolean {
  return Object.entries(fields).every(([name, check]) => check(value[name]));
}
