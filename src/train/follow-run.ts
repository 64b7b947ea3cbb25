import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runningSignal } from '../notebook/index.ts';
import type { TrainingRow, TrainingSample, TrainingState } from '../schema.ts';
import { isTraining, RUN_FILES, readRunState } from './run-files.ts';

/** A run as its folder shows it. */
export interface FollowedRun {
  state: TrainingState;
  /** As the state says; `killed` if it says `running` and no process does. */
  status: TrainingState['status'] | 'killed';
  rows: readonly TrainingRow[];
  samples: readonly TrainingSample[];
}

/** How to follow a run. */
export interface FollowOptions {
  /** Milliseconds between two looks at the folder; default 500. */
  every?: number;
  /** How long to wait for a run that does not train to begin or go on, in milliseconds; default 10,000. */
  wait?: number;
  /** Stops following, not the run; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Follows a run by the files in its folder, from whatever process: gives how it stands, then again whenever that has
 * changed, until it has ended.
 *
 * @throws {Error} if no run has begun there in time.
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
    // Before the rows, so that none is missing of a run that has ended.
    const state = await readRunState(folder);
    if (state) {
      const status: FollowedRun['status'] =
        state.status === 'running' && !isTraining(state) ? 'killed' : state.status;
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
        `Cannot follow a run in ${folder}: a run that has begun is required, found no ${RUN_FILES.state}`,
      );
    }
    patience -= every;
    await setTimeout(every, undefined, { ...(signal && { signal }) }).catch(() => {});
  }
}

/** All whole rows of a file that grows, or is replaced by a shorter one when a run is taken up again. */
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
