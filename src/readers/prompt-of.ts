import type { Prompt } from '../schema.ts';
import { ReadError, shown } from './read-error.ts';
import { type Row, textOf } from './row.ts';

/** Reads a prompt from a record that must hold its text under one of `keys`. @throws {ReadError} if it does not. */
export function promptOf(
  row: Row,
  keys: readonly string[],
  { id, source }: { id: string; source: string },
): Prompt {
  const text = textOf(row, keys);
  if (text === undefined)
    throw new ReadError({
      at: row.at,
      required: `a prompt under ${keys.join(' or ')}`,
      found: shown(row.value),
    });
  const category = textOf(row, ['category', 'dataset']);
  return { id, text, ...(category === undefined ? {} : { category }), source };
}
