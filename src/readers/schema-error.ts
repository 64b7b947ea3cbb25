import type { ErrorObject } from 'ajv/dist/2020.js';
import { ReadError, shown } from './read-error.ts';

/**
 * Makes an error of a problem that ajv found, naming its path and the value; validation needs `verbose`.
 *
 * @param error the first of its errors.
 * @param place turns a path, such as `/items/0/prompt`, into where the value was read.
 */
export function schemaError(error: ErrorObject | undefined, place: (path: string) => string): ReadError {
  const { instancePath = '', message = 'a valid value', params = {}, data } = error ?? {};
  const allowed = params.allowedValues ?? params.allowedValue;
  const required = allowed === undefined ? message : `${message} (${[allowed].flat().join(', ')})`;
  const unknown = params.additionalProperty;
  return new ReadError({
    at: place(instancePath),
    required: `what the schema says (${required})`,
    found: unknown === undefined ? shown(data) : shown(unknown),
  });
}
