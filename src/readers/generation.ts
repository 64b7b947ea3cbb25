import { readAnswer } from '../conversation/index.ts';
import { FAILURE_KINDS, type Failure, type Generation } from '../schema.ts';
import type { ReadOptions } from './answers.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, isRecord, keyOf, type Row } from './row.ts';

const EVIDENCES = ['reported', 'public', 'live'] as const;

/**
 * Reads one model's answer, with the other fields that the record has. Reasoning is no part of its text. Where `text`
 * is null the call failed, and the record's `error` says why.
 *
 * @throws {ReadError} if `tokens` is no count; token ids belong under `tokenIds`.
 */
export function generationOf(
  row: Row,
  { promptId, model, text }: { promptId: string; model: string; text: string | null },
  options: Pick<ReadOptions, 'evidence'>,
): Generation {
  const tokens = countOf(row, 'tokens');
  const { finish, reasoning } = row.value;
  const { error, ...answer } = readAnswer({ content: text, reasoning }, { finish });
  return {
    promptId,
    model,
    ...answer,
    ...(tokens === undefined ? {} : { tokens }),
    evidence: oneOf(row, 'evidence', EVIDENCES) ?? options.evidence ?? 'public',
    ...(error && { error: text === null ? failureOf(row.value.error) : error }),
  };
}

/** Reads a failure as our rows have it, or the text of one. */
function failureOf(error: unknown): Failure {
  const { kind: named, message = error }: Record<string, unknown> = isRecord(error) ? error : {};
  const kind = FAILURE_KINDS.find(known => known === named) ?? 'no-answer';
  return { kind, message: typeof message === 'string' ? message : 'the record holds no answer' };
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
