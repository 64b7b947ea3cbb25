import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openRowFile, type RowFile } from '../util/index.ts';
import type { Scores } from './benchmark.ts';

/** What came of one item: exactly what was asked, what came, and what it is worth. */
export interface ItemRow {
  id: string;
  /** As the benchmark asks it, before turn tokens stand around it. */
  prompt: string;
  /** What was to be scored, if anything was. */
  continuations?: readonly string[];
  /** What the model wrote; null where the call failed. */
  text?: string | null;
  /** Log-likelihood of each continuation, in nats; null where one could not be scored. */
  logprobs?: readonly number[] | null;
  tokens?: number;
  finish?: string;
  /** None where the call failed, or its output could not be scored. */
  scores: Scores;
  /** Why there is no score. */
  reason?: string;
  /** ISO 8601 time at which the output was there. */
  at: string;
}

/** The rows of a run; those that are there need not be asked again. */
export type ItemLog = RowFile<ItemRow>;

/** A log that is kept nowhere. */
export function noLog(): ItemLog {
  return { found: new Map(), failed: new Map(), add: async () => {} };
}

/**
 * Opens the log of an earlier run, or a new one, without the rows that have no score.
 *
 * @throws as {@link openRowFile} does.
 */
export async function openItemLog(path: string): Promise<ItemLog> {
  await mkdir(dirname(path), { recursive: true });
  return openRowFile(path, {
    read: ({ value }) => value as unknown as ItemRow,
    failed: row => row.reason !== undefined,
  });
}
