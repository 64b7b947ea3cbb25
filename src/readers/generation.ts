import { readAnswer } from '../conversation/index.ts';
import { FAILURE_KINDS, type Failure } from '../schema.ts';
import type { ReadOptions } from './answers.ts';
import type { EntryAnswer } from './file-format.ts';
import { isRecord, type Row } from './row.ts';

const EVIDENCES = ['reported', 'public', 'live'] as const;

/** One model's answer as a record has it. */
export interface GivenAnswer {
  model: string;
  /** A text, or a message with its content; null where the call failed. */
  text: unknown;
  /** Reason why it ended, by any name in use; default the record's `finish`. */
  finish?: unknown;
}

/**
 * Reads one model's answer, with the other fields that the record has, where they are what they should be. Reasoning is
 * no part of its text. Where `text` is null the call failed, and the record's `error` says why.
 */
export function generationOf(
  { value }: Row,
  { model, text, finish = value.finish ?? value.finish_reason }: GivenAnswer,
  options: Pick<ReadOptions, 'evidence'>,
): EntryAnswer {
  const tokens = countOf(value.tokens);
  const sample = countOf(value.sample);
  const batch = countOf(value.batch);
  const said = isRecord(text) ? text : { content: text, reasoning: value.reasoning };
  const { error, ...answer } = readAnswer(said, { finish });
  return {
    ...(sample !== undefined && { sample }),
    model,
    ...answer,
    ...(tokens !== undefined && { tokens }),
    ...(typeof value.latency === 'number' && value.latency > 0 && { latency: value.latency }),
    ...(batch !== undefined && { batch }),
    evidence: EVIDENCES.find(known => known === value.evidence) ?? options.evidence ?? 'public',
    ...(error && { error: text === null ? failureOf(value.error) : error }),
  };
}

/** Reads a failure as our rows have it, or the text of one. */
function failureOf(error: unknown): Failure {
  const { kind: named, message = error }: Record<string, unknown> = isRecord(error) ? error : {};
  const kind = FAILURE_KINDS.find(known => known === named) ?? 'no-answer';
  return { kind, message: typeof message === 'string' ? message : 'the record holds no answer' };
}

/** Returns a whole number, which CSV writes as a text; undefined of anything else, such as a list of token ids. */
function countOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const count = Number(value);
  return value !== '' && Number.isInteger(count) && count >= 0 ? count : undefined;
}
