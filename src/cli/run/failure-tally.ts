import type { Failure, FailureKind } from '../../schema.ts';

/** Failures of one kind. */
export interface FailureCount {
  kind: FailureKind;
  n: number;
  /** Ids of the first of them. */
  ids: string[];
  /** Message of the first. */
  message: string;
}

/** Most ids that are listed of a kind. */
const LISTED = 10;

/** Counts of calls that gave no answer, by kind. */
export class FailureTally {
  readonly #counts = new Map<FailureKind, FailureCount>();

  /** Adds a failure; an id that failed several times, such as in several samples, is listed once. */
  add(id: string, { kind, message }: Failure): void {
    const count = this.#counts.get(kind) ?? { kind, n: 0, ids: [], message };
    count.n++;
    if (count.ids.length < LISTED && !count.ids.includes(id)) count.ids.push(id);
    this.#counts.set(kind, count);
  }

  /** Returns the counts, in the order in which the kinds occurred. */
  list(): FailureCount[] {
    return [...this.#counts.values()];
  }
}

/** Counts what failed of rows by kind, with what `failureOf` says of each; rows of which it says nothing did not fail. */
export function countFailures<Row>(
  rows: readonly Row[],
  failureOf: (row: Row) => (Failure & { id: string }) | undefined,
): FailureCount[] {
  const tally = new FailureTally();
  for (const row of rows) {
    const failure = failureOf(row);
    if (failure) tally.add(failure.id, failure);
  }
  return tally.list();
}

/** Formats failures as lines to read, one for each kind. */
export function failureLines(failures: readonly FailureCount[]): string[] {
  return failures.map(({ kind, n, ids, message }) => {
    const more = ids.length === LISTED && n > LISTED ? ', …' : '';
    return `  ${n} ${kind} (${ids.join(', ')}${more}): ${message}`;
  });
}
