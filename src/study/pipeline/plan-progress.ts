import type { PlannedRun, RunEvent } from '../../jobs/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { StudyPlan } from './plan-study.ts';

/** Progress of a plan, whose time left is estimated by the costs of its runs, since they take seconds or minutes. */
export class PlanProgress {
  readonly #plan: Pick<StudyPlan, 'scale' | 'runs'>;
  readonly #onProgress: OnProgress | undefined;
  readonly #now: () => number;
  readonly #start: number;
  #done: number;
  /** Cost of what was pending at the start. */
  #cost: number;
  /** Cost spent since the start by runs that ended. */
  #ended = 0;
  /** The runs in progress that reported, by their ids: the share that was done at first, and now. */
  readonly #shares = new Map<string, { first: number; now: number }>();

  /**
   * @param completed ids of the runs that are completed already.
   * @param now returns the time in milliseconds.
   */
  constructor(
    plan: Pick<StudyPlan, 'scale' | 'runs'>,
    completed: ReadonlySet<string>,
    onProgress: OnProgress | undefined,
    now = () => performance.now(),
  ) {
    const pending = plan.runs.filter(({ id }) => !completed.has(id));
    this.#plan = plan;
    this.#onProgress = onProgress;
    this.#now = now;
    this.#start = now();
    this.#cost = pending.reduce((sum, { cost }) => sum + cost, 0);
    this.#done = plan.runs.length - pending.length;
    this.#report();
  }

  /** Takes an event of a run, and reports. */
  follow(event: RunEvent): void {
    const { type, run } = event;
    if (type === 'progress') {
      const { done, total } = event.progress;
      const share = total > 0 ? done / total : 0;
      this.#advance(run, share);
      this.#report(`${run.label} ${Math.round(100 * share)} %`);
      return;
    }
    if (type !== 'started') {
      this.#advance(run, 1);
      this.#ended += this.#spentOn(run);
      this.#shares.delete(run.id);
    }
    if (type === 'done') this.#done++;
    this.#report(`${run.label} ${type}`);
  }

  #advance(run: PlannedRun, share: number): void {
    const known = this.#shares.get(run.id);
    // What a run that is resumed did before the start took no time since.
    const first = known?.first ?? (share < 1 ? share : 0);
    if (!known) this.#cost -= first * run.cost;
    this.#shares.set(run.id, { first, now: share });
  }

  #spentOn({ id, cost }: PlannedRun): number {
    const { first = 0, now = 0 } = this.#shares.get(id) ?? {};
    return (now - first) * cost;
  }

  #report(note?: string): void {
    const { scale, runs } = this.#plan;
    const spent = runs.reduce((sum, run) => sum + this.#spentOn(run), this.#ended);
    const pace = (this.#now() - this.#start) / 1000 / spent;
    this.#onProgress?.({
      task: `study ${scale}`,
      done: this.#done,
      total: runs.length,
      unit: 'runs',
      ...(note !== undefined && { note }),
      ...(spent > 0 && { secondsLeft: Math.max(0, pace * (this.#cost - spent)) }),
    });
  }
}
