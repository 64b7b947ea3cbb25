import { availableParallelism } from 'node:os';
import type { Progress } from '../runs/index.ts';
import { holdFolder } from './hold-folder.ts';
import type { PlannedRun } from './planned-run.ts';
import { runQueue } from './run-queue.ts';
import {
  beginWork,
  type RunFailure,
  type RunRecord,
  runFolder,
  settleWork,
  standingRuns,
  writeFailure,
} from './study-folder.ts';
import { startWorker, type WorkerProcess, type WorkOutcome } from './worker-process.ts';

/** What happens to a run. */
export type RunEvent = { run: PlannedRun } & (
  | { type: 'begun' }
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; seconds: number }
  | { type: 'failed'; error: string }
);

/** Where and how to do the runs of a plan. */
export interface RunPlanOptions {
  /** Holds the results, under `runs`; those that stand are not made again. */
  folder: string;
  /** A built module that exports `stages`, {@link Stages}. */
  stages: URL;
  /** Processes that do runs side by side; default one for each core. */
  workers?: number | undefined;
  /** Threads of TensorFlow in each; default 1. What it computes may depend on it in the last digits. */
  threads?: number | undefined;
  /** Stops the runs where they can go on. */
  signal?: AbortSignal | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** What came of a plan. */
export interface PlanOutcome {
  /** Runs that stood before. */
  stood: number;
  /** Runs that were made. */
  made: number;
  failed: RunFailure[];
  /** Runs that take the result of one that failed. */
  waiting: PlannedRun[];
}

/** Attempts at a run whose process dies: another process may have taken the memory. */
const ATTEMPTS = 2;

/**
 * Does the runs of a plan that do not stand yet, each in one of several processes as soon as all that it takes
 * stands. A run that fails is reported, and those that do not need it go on. Killed at any moment, the same call
 * goes on.
 *
 * @param plan each run after those whose results it takes.
 * @throws {Error} if another process works in the folder, it cannot be written, or no process can be started.
 * @throws the signal's reason, once it is aborted and every process has stopped.
 */
export async function runPlan(plan: readonly PlannedRun[], options: RunPlanOptions): Promise<PlanOutcome> {
  const { folder, stages, workers = availableParallelism(), threads = 1, signal, onEvent } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw new RangeError(
      `Cannot run the plan: a whole number of workers from 1 on is required, found ${workers}`,
    );
  signal?.throwIfAborted();
  const held = await holdFolder(folder, signal);
  const alive = new Set<WorkerProcess>();
  const announce = () => held.setWorkers([...alive].map(({ pid }) => pid));
  try {
    const queue = runQueue(plan, await standingRuns(folder));
    const failed: RunFailure[] = [];

    /** Does a run in a worker, in another one where that dies. */
    const attempt = async (run: PlannedRun, lane: Lane): Promise<WorkOutcome> => {
      const { id, stage, config } = run;
      const inputs = Object.fromEntries(
        Object.entries(run.inputs).map(([name, input]) => [name, runFolder(folder, input)]),
      );
      for (let left = ATTEMPTS; ; ) {
        const { out, scratch } = await beginWork(folder, id);
        if (!lane.worker) {
          lane.worker = await startWorker(stages, threads);
          alive.add(lane.worker);
          await announce();
        }
        const outcome = await lane.worker.work(
          { type: 'run', stage, job: { config, inputs, folder: out, scratch } },
          { signal, onProgress: progress => onEvent?.({ type: 'progress', run, progress }) },
        );
        if (outcome.type !== 'died') return outcome;
        alive.delete(lane.worker);
        lane.worker = undefined;
        if (--left === 0 || signal?.aborted) return outcome;
      }
    };

    const doRun = async (run: PlannedRun, lane: Lane): Promise<boolean> => {
      const { cost: _, ...record } = run;
      const [started, start] = [new Date().toISOString(), performance.now()];
      onEvent?.({ type: 'begun', run });
      const outcome = await attempt(run, lane);
      const seconds = (performance.now() - start) / 1000;
      if (outcome.type === 'done') {
        const ended: RunRecord = { ...record, started, seconds };
        await settleWork(folder, ended);
        onEvent?.({ type: 'done', run, seconds });
        return true;
      }
      signal?.throwIfAborted();
      const failure = { id: run.id, label: run.label, error: errorOf(outcome) };
      failed.push(failure);
      await writeFailure(folder, failure);
      onEvent?.({ type: 'failed', run, error: failure.error });
      return false;
    };

    const work = async (): Promise<void> => {
      const lane: Lane = { worker: undefined };
      try {
        for (let run = await queue.take(); run; run = await queue.take()) {
          signal?.throwIfAborted();
          queue.settle(run, await doRun(run, lane));
        }
      } catch (error) {
        queue.close();
        throw error;
      } finally {
        await lane.worker?.end();
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: workers }, work));
    const broken = ended.find(({ status }) => status === 'rejected');
    if (broken?.status === 'rejected') throw broken.reason;
    signal?.throwIfAborted();
    return { stood: queue.stood, made: queue.made(), failed, waiting: queue.waiting() };
  } finally {
    await held.release();
  }
}

/** One of the places where runs are done side by side; its process starts with its first run. */
interface Lane {
  worker: WorkerProcess | undefined;
}

function errorOf(outcome: WorkOutcome): string {
  if (outcome.type === 'failed') return outcome.error;
  return outcome.type === 'died' ? outcome.how : 'it was stopped';
}
