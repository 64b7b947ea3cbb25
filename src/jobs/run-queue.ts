import type { PlannedRun } from './planned-run.ts';

/** Queue of the runs of a plan that are not completed; gives out those whose inputs are completed. */
export class RunQueue {
  /** Number of runs that were completed before. */
  readonly existing: number;
  readonly #completed: Set<string>;
  #pending: PlannedRun[];
  #running = 0;
  #closed = false;
  #waiters: (() => void)[] = [];

  /**
   * @param plan each run after those whose results it uses.
   * @param completed ids of completed runs.
   * @throws {Error} as {@link pathCosts}.
   */
  constructor(plan: readonly PlannedRun[], completed: ReadonlySet<string>) {
    const paths = pathCosts(plan);
    this.#completed = new Set(plan.map(({ id }) => id).filter(id => completed.has(id)));
    this.existing = this.#completed.size;
    this.#pending = plan
      .filter(({ id }) => !completed.has(id))
      .sort((a, b) => (paths.get(b.id) ?? 0) - (paths.get(a.id) ?? 0));
  }

  /** Waits for a run whose inputs are completed, that with the longest path first; undefined when none will be. */
  async take(): Promise<PlannedRun | undefined> {
    while (!this.#closed) {
      const run = this.#pending.find(({ inputs }) =>
        Object.values(inputs).every(input => this.#completed.has(input)),
      );
      if (run) {
        this.#pending = this.#pending.filter(other => other !== run);
        this.#running++;
        return run;
      }
      if (this.#running === 0) return undefined;
      await new Promise<void>(resolve => this.#waiters.push(resolve));
    }
    return undefined;
  }

  /** Records how a run that was taken ended. */
  settle({ id }: PlannedRun, completed: boolean): void {
    this.#running--;
    if (completed) this.#completed.add(id);
    this.#wake();
  }

  /** Gives out no more runs. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Number of runs that were settled as completed. */
  get completed(): number {
    return this.#completed.size - this.existing;
  }

  /** Runs that were not taken, since an input is missing. */
  get waiting(): PlannedRun[] {
    return this.#pending;
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

/**
 * Sums the costs, in seconds, of each run and of the longest chain of runs that wait for it. Taking the ready run with
 * the longest path keeps all cores busy longest.
 *
 * @throws {Error} if a run is listed twice, or before a run whose result it uses.
 */
function pathCosts(plan: readonly PlannedRun[]): Map<string, number> {
  const seen = new Set<string>();
  for (const { id, label, inputs } of plan) {
    if (seen.has(id))
      throw new Error(`Cannot order the plan: each run must be listed once, got ${label} twice`);
    for (const [name, input] of Object.entries(inputs)) {
      if (seen.has(input)) continue;
      throw new Error(
        `Cannot order the plan: ${label} must be listed after its input "${name}", the run ${input}`,
      );
    }
    seen.add(id);
  }
  const behind = new Map<string, number>();
  const paths = new Map<string, number>();
  for (const { id, cost, inputs } of plan.toReversed()) {
    const path = cost + (behind.get(id) ?? 0);
    paths.set(id, path);
    for (const input of Object.values(inputs)) behind.set(input, Math.max(path, behind.get(input) ?? 0));
  }
  return paths;
}
