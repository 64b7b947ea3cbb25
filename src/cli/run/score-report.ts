import { FAILURE_KINDS } from '../../schema.ts';
import { FAILED, INTERRUPTED } from '../exit.ts';
import { countFailures, type FailureCount, failureLines } from './failure-tally.ts';
import type { ScoreRow } from './kept-scores.ts';
import { printJson } from './progress.ts';
import { earlierResults } from './result-file.ts';
import type { ScoreItem } from './score-items.ts';

/** Rows that are there, by the ids of their items. */
export interface ScoreOutcome {
  rows: Map<string, ScoreRow>;
  /** Number of rows that an earlier run wrote. */
  before: number;
  /** Number of rows of other items or models that were moved out of the file. */
  moved: number;
}

/** Formats a row for a terminal. */
export function rowText({ id, logprob, tokens, greedy, error }: ScoreRow): string {
  if (logprob === null) return `${id}: no score, ${error}`;
  return `${id}: ${Number(logprob).toFixed(4)} nats, ${tokens} tokens${greedy === true ? ', greedy' : ''}`;
}

function failuresIn(rows: readonly ScoreRow[]): FailureCount[] {
  return countFailures(rows, ({ id, logprob, error, kind: stated }) => {
    if (logprob !== null) return undefined;
    const kind = FAILURE_KINDS.find(known => known === stated) ?? 'no-answer';
    return { id: String(id), kind, message: String(error) };
  });
}

/** Prints what was scored, what failed and what is left, and sets the exit code. */
export function reportScores(
  items: readonly ScoreItem[],
  { rows, before, moved }: ScoreOutcome,
  { out, json }: { out: string | undefined; json: boolean },
): void {
  const found = items.flatMap(({ id }) => rows.get(id) ?? []);
  const failures = failuresIn(found);
  const failed = failures.reduce((sum, { n }) => sum + n, 0);
  const left = items.length - found.length;
  const scored = found.length - before - failed;
  if (out !== undefined && json)
    printJson({
      out,
      before,
      scored,
      failed,
      left,
      ...(failed > 0 && { failures }),
      ...(moved > 0 && { moved }),
    });
  else {
    const parts = [`${scored} scored`];
    if (before > 0) parts.push(`${before} were scored before`);
    if (out !== undefined && moved > 0)
      parts.push(`${moved} of other rows or models moved to ${earlierResults(out)}`);
    if (failed > 0) parts.push(`${failed} failed; re-run the command to retry them`);
    if (left > 0) parts.push(`stopped with ${left} left`);
    const lines = [`${out ?? 'score'}: ${parts.join('; ')}`, ...failureLines(failures)];
    if (out !== undefined || failed + left > 0) console.error(lines.join('\n'));
  }
  if (left > 0) process.exitCode = INTERRUPTED;
  else if (failed > 0) process.exitCode = FAILED;
}
