import type { Generation } from '../schema.ts';
import type { ReadOptions } from './answers.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, keyOf, type Row, textOf } from './row.ts';

const FINISHES = ['stop', 'length', 'error', 'unknown'] as const;
const EVIDENCES = ['reported', 'public', 'live'] as const;

/**
 * Reads one model's answer, with the other fields that the record has. Where `text` is null the call failed, and the
 * record's `error` says why.
 *
 * @throws {ReadError} if `tokens` is no count; token ids belong under `tokenIds`.
 */
export function generationOf(
  row: Row,
  answer: { promptId: string; model: string; text: string | null },
  options: Pick<ReadOptions, 'evidence'>,
): Generation {
  const tokens = countOf(row, 'tokens');
  return {
    ...answer,
    ...(tokens === undefined ? {} : { tokens }),
    finish: answer.text === null ? 'error' : (oneOf(row, 'finish', FINISHES) ?? 'unknown'),
    evidence: oneOf(row, 'evidence', EVIDENCES) ?? options.evidence ?? 'public',
    ...(answer.text === null ? { error: textOf(row, ['error']) ?? 'the record holds no answer' } : {}),
  };
}

function countOf(row: Row, key: string): number | undefined {
  const value = idOf(row, [key]);
  if (value === undefined) return undefined;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new ReadError({ at: row.at, required: `a count under "${key}"`, found: shown(row.value[key]) });
}

function oneOf<T extends string>(row: Row, key: string, allowed: readonly T[]): T | undefined {
  if (keyOf(row, [key]) === undefined || row.value[key] === null) return undefined;
  const found = allowed.find(value => value === row.value[key]);
  if (found) return found;
  throw new ReadError({
    at: row.at,
    required: `${key}: ${allowed.join(' | ')}`,
    found: shown(row.value[key]),
  });
}
