import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseJsonl } from '../readers/index.ts';
import { writeFileAtomic } from '../util/index.ts';
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
  /** Every metric is null where the call failed. */
  scores: Scores;
  /** Why a score is null. */
  reason?: string;
  /** ISO 8601 time at which the output was there. */
  at: string;
}

/** The rows of a run in a JSON Lines file that several runs fill. */
export interface ItemLog {
  /** Rows of items that need not be asked again, by id. */
  done: ReadonlyMap<string, ItemRow>;
  add(row: ItemRow): Promise<void>;
}

/** A log that is kept nowhere. */
export function noLog(): ItemLog {
  return { done: new Map(), add: async () => {} };
}

/**
 * Opens the log of an earlier run, or a new one. Rows of calls that failed are taken out, since they are asked
 * again, and so is a last line that a killed run left unfinished.
 *
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 */
export async function openItemLog(path: string): Promise<ItemLog> {
  await mkdir(dirname(path), { recursive: true });
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows = parseJsonl(whole, path).map(({ value }) => value as unknown as ItemRow);
  const kept = rows.filter(row => row.text !== null && row.logprobs !== null);
  const lines = kept.map(row => `${JSON.stringify(row)}\n`).join('');
  if (lines !== text) await writeFileAtomic(path, lines);
  return {
    done: new Map(kept.map(row => [row.id, row])),
    add: row => appendFile(path, `${JSON.stringify(row)}\n`),
  };
}
