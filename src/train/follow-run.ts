import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runningSignal } from '../notebook/index.ts';
import type { TrainingRow, TrainingSample, TrainingState } from '../schema.ts';
import { isTraining, RUN_FILES, readRunState } from './run-files.ts';

/** Training run as its folder describes it. */
export interface FollowedRun {
  state: TrainingState;
  /** Status in the state; `killed` if that is `running` and no process trains. */
  status: TrainingState['status'] | 'killed';
  rows: readonly TrainingRow[];
  samples: readonly TrainingSample[];
}

/** Options of {@link followRun}. */
export interface FollowOptions {
  /** Milliseconds between two reads of the folder; default 500. */
  every?: number;
  /** Milliseconds to wait for a run to start or resume; default 10,000. */
  wait?: number;
  /** Stops following, not the run; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Follows a run by the files in its folder, from any process: yields its current state, then again after each change,
 * until it has ended.
 *
 * @throws {Error} if no run has started there in time.
 * @throws the signal's reason when it aborts.
 */
export async function* followRun(
  folder: string,
  { every = 500, wait = 10_000, signal = runningSignal() }: FollowOptions = {},
): AsyncGenerator<FollowedRun, void, undefined> {
  const metrics = growingRows<TrainingRow>(join(folder, RUN_FILES.metrics));
  const samples = growingRows<TrainingSample>(join(folder, RUN_FILES.samples));
  let seen = '';
  let patience = wait;
  for (;;) {
    signal?.throwIfAborted();
    // Read before the rows, so that no row of a run that has ended is missing.
    const wasTraining = isTraining(folder);
    const state = await readRunState(folder);
    if (state) {
      // A run holds its folder from before its state says that it is running until after it says how it ended.
      const isKilled = state.status === 'running' && !wasTraining && !isTraining(folder);
      const status: FollowedRun['status'] = isKilled ? 'killed' : state.status;
      const run = { state, status, rows: await metrics(), samples: await samples() };
      const now = JSON.stringify([state, status, run.rows.length, run.samples.length]);
      if (now !== seen) yield run;
      seen = now;
      if (status === 'finished') return;
      if (status === 'running') patience = wait;
    }
    if (patience <= 0) {
      if (state) return;
      throw new Error(
        `Cannot follow a run in ${folder}: a run must have started there, found no ${RUN_FILES.state}`,
      );
    }
    patience -= every;
    await setTimeout(every, undefined, { ...(signal && { signal }) }).catch(() => {});
  }
}

/** Reads all whole rows of a file that grows, or is replaced by a shorter one when a run is resumed. */
function growingRows<T>(path: string): () => Promise<readonly T[]> {
  let rows: T[] = [];
  let read = 0;
  let inode = 0;
  return async () => {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!found) return rows;
    if (found.ino !== inode || found.size < read) [rows, read, inode] = [[], 0, found.ino];
    if (found.size === read) return rows;
    const file = await open(path);
    try {
      const bytes = Buffer.alloc(found.size - read);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, read);
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a, bytesRead) + 1);
      read += whole.length;
      const fresh = whole
        .toString('utf8')
        .split('\n')
        .filter(line => line !== '');
      rows = [...rows, ...fresh.map(line => JSON.parse(line) as T)];
    } finally {
      await file.close();
    }
    return rows;
  };
}
