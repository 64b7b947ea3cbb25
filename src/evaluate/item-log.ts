import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Scoring } from '../chat/index.ts';
import { openRowFile, type RowFile } from '../files/index.ts';
import type { Scores } from './benchmark.ts';

/** What came of one item: exactly what was asked, what came, and what it is worth. */
export interface ItemRow {
  id: string;
  /** As the benchmark asks it, before role tokens stand around it. */
  prompt: string;
  /** What was to be scored, if anything was. */
  continuations?: readonly string[];
  /** What the model wrote; null where the call failed. */
  text?: string | null;
  /** Log-likelihood of each continuation, in nats; null where one could not be scored. */
  logprobs?: readonly number[] | null;
  /** How they were told: as a `sequence`, or by the list of the most likely next tokens. */
  scoring?: Scoring;
  /** What counted for a continuation that such a list lacks. */
  missingLogprob?: number;
  /** Tokens that the model wrote, or those of all continuations together. */
  tokens?: number;
  finish?: string;
  /** None where the call failed, or its output could not be scored. */
  scores: Scores;
  /** Why there is no score. */
  reason?: string;
  /**
   * Seconds from asking to the output, as it was when the model was asked: of the try that was answered; of
   * continuations the slowest one's. Null where no model was asked or none answered.
   */
  latency: number | null;
  /** How many prompts or continuations the model took as one batch, where it did: the latency is the batch's. */
  batch?: number;
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
    // Logs of earlier versions tell no latency.
    read: ({ value }) => ({ ...(value as unknown as ItemRow), latency: (value.latency as number) ?? null }),
    failed: row => row.reason !== undefined,
  });
}
