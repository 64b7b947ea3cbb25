import { availableParallelism } from 'node:os';
import { folderLease, type Lease, type Progress, withLease } from '../runs/index.ts';
import { beginRun, completedRuns, completeRun, failRun, type RunFailure, runFolder } from './plan-folder.ts';
import type { PlannedRun } from './planned-run.ts';
import { RunQueue } from './run-queue.ts';
import { WorkerProcess, type WorkOutcome } from './worker-process.ts';

/** Event of a run. */
export type RunEvent = { run: PlannedRun } & (
  | { type: 'started' }
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; seconds: number }
  | { type: 'failed'; error: string }
);

/** Options of {@link runPlan}. */
export interface RunPlanOptions {
  /** Folder of the results, under `runs`; completed ones are kept. */
  folder: string;
  /** A built module that exports `stages`, a list of stages. */
  stages: URL;
  /** Processes that do runs side by side; default one for each core. */
  workers?: number | undefined;
  /** Threads of TensorFlow in each process; default 1. The last digits of results may depend on it. */
  threads?: number | undefined;
  /** Stops the runs where they can be resumed. */
  signal?: AbortSignal | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
  /** Writes to the folder what is planned, before the first run. */
  begin?: (() => Promise<void>) | undefined;
  /** Writes to the folder what follows from all results; called if no run failed. */
  finish?: (() => Promise<void>) | undefined;
}

/** Outcome of a plan. */
export interface PlanOutcome {
  /** Number of runs that were completed before. */
  existing: number;
  /** Number of runs that were completed now. */
  completed: number;
  failed: RunFailure[];
  /** Runs that use the result of a failed one. */
  waiting: PlannedRun[];
}

/** Attempts at a run whose process dies: another process may have used up the memory. */
const ATTEMPTS = 2;

/**
 * Does the runs of a plan that are not completed, each in one of several processes as soon as its inputs are
 * completed. A failed run is reported, and runs that do not use it are done. After it was killed at any moment, the
 * same call resumes.
 *
 * @param plan each run after those whose results it uses.
 * @throws {RangeError} if `workers` is not a whole number >= 1.
 * @throws {Error} if another process runs a plan in the folder, it cannot be written, or no process can be started.
 * @throws the signal's reason, once it is aborted and every process has stopped.
 */
export async function runPlan(plan: readonly PlannedRun[], options: RunPlanOptions): Promise<PlanOutcome> {
  const { folder, workers = availableParallelism(), signal } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw new RangeError(`Cannot run the plan: workers must be a whole number >= 1, got ${workers}`);
  signal?.throwIfAborted();
  return withLease(folderLease(folder), { task: 'plan', signal }, async lease => {
    await options.begin?.();
    const queue = new RunQueue(plan, await completedRuns(folder));
    const runner = new PlanRunner(plan, queue, lease, options);
    const lanes = await Promise.allSettled(Array.from({ length: workers }, () => runner.work()));
    lease.signal.throwIfAborted();
    const broken = lanes.find(({ status }) => status === 'rejected');
    if (broken?.status === 'rejected') throw broken.reason;
    const { existing, completed, waiting } = queue;
    const { failed } = runner;
    if (failed.length === 0) {
      await lease.confirm();
      await options.finish?.();
    }
    return { existing, completed, failed, waiting };
  });
}

/** One of the places where runs are done side by side; its process starts with its first run. */
interface Lane {
  worker: WorkerProcess | undefined;
}

/** Takes runs from a queue and does them in worker processes. */
class PlanRunner {
  readonly failed: RunFailure[] = [];
  readonly #stageOf: ReadonlyMap<string, string>;
  readonly #alive = new Set<WorkerProcess>();
  readonly #queue: RunQueue;
  readonly #lease: Lease;
  readonly #options: RunPlanOptions;

  constructor(plan: readonly PlannedRun[], queue: RunQueue, lease: Lease, options: RunPlanOptions) {
    this.#stageOf = new Map(plan.map(({ id, stage }) => [id, stage]));
    this.#queue = queue;
    this.#lease = lease;
    this.#options = options;
    // To stop where a run can be resumed, a worker would write; the folder is another process's by then.
    lease.signal.addEventListener('abort', () => {
      if (!options.signal?.aborted) for (const worker of this.#alive) void worker.end();
    });
  }

  /** Does one run after another until none is left. */
  async work(): Promise<void> {
    const lane: Lane = { worker: undefined };
    try {
      for (let run = await this.#queue.take(); run; run = await this.#queue.take()) {
        this.#lease.signal.throwIfAborted();
        this.#queue.settle(run, await this.#doRun(run, lane));
      }
    } catch (error) {
      this.#queue.close();
      throw error;
    } finally {
      await lane.worker?.end();
    }
  }

  /** @returns whether the run was completed. */
  async #doRun(run: PlannedRun, lane: Lane): Promise<boolean> {
    const { folder, onEvent } = this.#options;
    const { cost: _, ...record } = run;
    const [started, start] = [new Date().toISOString(), performance.now()];
    onEvent?.({ type: 'started', run });
    const outcome = await this.#attempt(run, lane);
    const seconds = (performance.now() - start) / 1000;
    await this.#lease.confirm();
    if (outcome.type === 'done') {
      await completeRun(folder, { ...record, started, seconds });
      onEvent?.({ type: 'done', run, seconds });
      return true;
    }
    this.#lease.signal.throwIfAborted();
    const failure = { id: run.id, label: run.label, error: errorOf(outcome) };
    this.failed.push(failure);
    await failRun(folder, failure);
    onEvent?.({ type: 'failed', run, error: failure.error });
    return false;
  }

  /** Does a run in a worker, and once more in another one if that dies. */
  async #attempt(run: PlannedRun, lane: Lane): Promise<WorkOutcome> {
    const { folder, onEvent } = this.#options;
    const { signal } = this.#lease;
    const { id, stage, version, config } = run;
    for (let left = ATTEMPTS; ; ) {
      await this.#lease.confirm();
      const { out, scratch } = await beginRun(folder, id);
      const worker = await this.#workerOf(lane);
      const outcome = await worker.run(
        { stage, version, config, inputs: this.#inputsOf(run), folder: out, scratch },
        { signal, onProgress: progress => onEvent?.({ type: 'progress', run, progress }) },
      );
      if (outcome.type === 'done' || outcome.type === 'failed') return outcome;
      // A worker that stopped for another reason than this process's signal may stop again.
      await worker.end();
      this.#alive.delete(worker);
      lane.worker = undefined;
      if (--left === 0 || signal.aborted) return outcome;
    }
  }

  async #workerOf(lane: Lane): Promise<WorkerProcess> {
    if (lane.worker) return lane.worker;
    const { stages, threads = 1 } = this.#options;
    const worker = await WorkerProcess.start(stages, threads);
    lane.worker = worker;
    this.#alive.add(worker);
    await this.#lease.setWorkers([...this.#alive].map(({ pid }) => pid));
    return worker;
  }

  #inputsOf({ inputs }: PlannedRun) {
    const { folder } = this.#options;
    return Object.fromEntries(
      Object.entries(inputs).map(([name, id]) => [
        name,
        { stage: this.#stageOf.get(id) ?? '', folder: runFolder(folder, id) },
      ]),
    );
  }
}

function errorOf(outcome: WorkOutcome): string {
  if (outcome.type === 'failed') return outcome.error;
  return outcome.type === 'died' ? outcome.how : 'it was stopped';
}
