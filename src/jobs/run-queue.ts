import type { PlannedRun } from './planned-run.ts';
import { pathCosts } from './run-order.ts';

/** The runs of a plan that are left, given out when what they take stands. */
export interface RunQueue {
  /** How many stood at the beginning. */
  readonly stood: number;
  /** The ready run with the longest way behind it, once there is one; undefined when none will be. */
  take(): Promise<PlannedRun | undefined>;
  /** Says how a run that was taken ended. */
  settle(run: PlannedRun, stands: boolean): void;
  /** Gives out no more. */
  close(): void;
  /** How many were settled and stand. */
  made(): number;
  /** Runs that were not taken, for want of a result. */
  waiting(): PlannedRun[];
}

/**
 * Queues the runs of a plan.
 *
 * @param standing ids of runs whose results stand.
 * @throws {Error} as {@link pathCosts}.
 */
export function runQueue(plan: readonly PlannedRun[], standing: ReadonlySet<string>): RunQueue {
  const paths = pathCosts(plan);
  const stands = new Set(plan.map(({ id }) => id).filter(id => standing.has(id)));
  const stood = stands.size;
  let left = plan
    .filter(({ id }) => !stands.has(id))
    .sort((a, b) => (paths.get(b.id) ?? 0) - (paths.get(a.id) ?? 0));
  let running = 0;
  let closed = false;
  let wake: (() => void)[] = [];
  const announce = () => {
    const woken = wake;
    wake = [];
    for (const go of woken) go();
  };
  return {
    stood,
    take: async () => {
      for (;;) {
        if (closed) return undefined;
        const run = left.find(({ inputs }) => Object.values(inputs).every(input => stands.has(input)));
        if (run) {
          left = left.filter(other => other !== run);
          running++;
          return run;
        }
        if (running === 0) return undefined;
        await new Promise<void>(resolve => wake.push(resolve));
      }
    },
    settle: ({ id }, made) => {
      running--;
      if (made) stands.add(id);
      announce();
    },
    close: () => {
      closed = true;
      announce();
    },
    made: () => stands.size - stood,
    waiting: () => left,
  };
}
