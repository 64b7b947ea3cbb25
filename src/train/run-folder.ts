import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Tensor } from '@tensorflow/tfjs';
import { writeFileAtomic } from '../files/index.ts';
import type { Settings } from '../runs/index.ts';
import type { TrainingRow, TrainingSample, TrainingState } from '../schema.ts';
import { checkpointOf, latestCheckpoint, removeUnfinished, writeCheckpoint } from './checkpoint.ts';
import { openRowLog, type RowLog } from './row-log.ts';
import { isTraining, RUN_FILES, readRows, readRunState } from './run-files.ts';
import { startRunManifest } from './run-manifest.ts';
import type { RunStore } from './run-store.ts';

/** Milliseconds that an earlier run of this process may take to write its last checkpoint. */
const HANDOVER_MS = 10_000;
const HANDOVER_POLL_MS = 50;

/** Run to start or resume in a folder. */
export interface RunStart {
  folder: string;
  state: Pick<TrainingState, 'task' | 'steps' | 'tokens'>;
  settings: Settings;
  seed: number;
  /** Number of checkpoints to keep. */
  keep: number;
  signal?: AbortSignal | undefined;
}

/** Folder of a run, open for writing; everything in it can be read at any time. */
export interface RunFolder extends RunStore {
  /** Records how the run ended. @throws {Error} if another run has taken the folder. */
  end(state: Partial<TrainingState>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder of a run: takes it for this process, finds its newest checkpoint, and cuts its rows back to it, so
 * that each step occurs once.
 *
 * @throws {Error} if another living process trains there, or the run was started with other settings.
 * @throws {ReadError} if a file is damaged.
 */
export async function openRunFolder(start: RunStart): Promise<RunFolder> {
  const { folder, settings, seed, keep } = start;
  const path = (file: keyof typeof RUN_FILES) => join(folder, RUN_FILES[file]);
  await mkdir(path('checkpoints'), { recursive: true });
  await waitForFolder(folder, start.signal);
  const checkpoint = await latestCheckpoint(path('checkpoints'), settings);
  const updateState = await takeFolder(folder, start.state);
  await removeUnfinished(path('checkpoints'));
  const resumed = checkpoint !== undefined;
  const writeManifest = await startRunManifest(path('manifest'), { settings, seed, resumed });
  await writeManifest();
  // The row of a step whose evaluation was interrupted is in the checkpoint alone.
  const last = (checkpoint?.step ?? 0) - (checkpoint?.pending ? 1 : 0);
  const metrics = await openMetrics(folder, last);
  const samples = await openRowLog<TrainingSample>(path('samples'), last);
  let saved = checkpoint?.step;
  return {
    rows: metrics.rows,
    restore: async ({ trained, state }) => {
      await checkpoint?.restore(trained, state);
      return checkpoint?.pending;
    },
    append: async (row, drawn = []) => {
      await samples.append(drawn);
      await metrics.append([row]);
    },
    save: async ({ step, pending, best }, tensors) => {
      if (step === saved) return;
      // A checkpoint is only valid with the rows up to its step.
      await samples.flush();
      await metrics.flush();
      await updateState(best === undefined ? {} : { best });
      const record = { version: 1 as const, step, seed, settings, pending };
      await writeCheckpoint(path('checkpoints'), record, tensors, { keep, best: best?.step });
      saved = step;
    },
    trainedAt: async step => (await checkpointOf(path('checkpoints'), step, settings)).readTrained(),
    end: async change => {
      await updateState(change);
      await writeManifest();
    },
    close: async () => {
      await metrics.close();
      await samples.close();
    },
  };
}

/** Finished run, as its folder holds it. */
export interface FinishedRun {
  ended: 'steps' | 'patience';
  rows: TrainingRow[];
  /** The trained weights by their names, as new tensors. */
  trained: Record<string, Tensor>;
}

/**
 * Reads the run of a folder if it has finished; nothing is written.
 *
 * @throws {Error} if it was started with other settings, or its files are gone.
 */
export async function readFinishedRun(folder: string, settings: Settings): Promise<FinishedRun | undefined> {
  const state = await readRunState(folder);
  if (state?.status !== 'finished') return undefined;
  const checkpoints = join(folder, RUN_FILES.checkpoints);
  const last = await latestCheckpoint(checkpoints, settings);
  if (!last) {
    throw new Error(
      `Cannot read the run of ${folder}: it has finished, and its checkpoint is gone; use another folder`,
    );
  }
  const checkpoint = state.kept === undefined ? last : await checkpointOf(checkpoints, state.kept, settings);
  return {
    ended: state.ended ?? 'steps',
    rows: await readRows(join(folder, RUN_FILES.metrics)),
    trained: await checkpoint.readTrained(),
  };
}

/**
 * Waits until an interrupted run of this process has left the folder: its cell ends before its last checkpoint is
 * written. A run that was cut off never leaves, and is waited for only for a limited time.
 */
async function waitForFolder(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const end = performance.now() + HANDOVER_MS;
  for (;;) {
    const state = await readRunState(folder);
    if (!state || !isTraining(state)) return;
    const { pid, host } = state.process;
    if (pid !== process.pid || host !== hostname()) {
      throw new Error(
        `Cannot train in ${folder}: process ${pid} of ${host} trains there; if it does not, delete ${join(folder, RUN_FILES.state)}`,
      );
    }
    if (performance.now() > end) return;
    signal?.throwIfAborted();
    await setTimeout(HANDOVER_POLL_MS);
  }
}

/** Takes a folder for a run of this process. @returns updates the state there, unless another run has taken it. */
async function takeFolder(
  folder: string,
  start: RunStart['state'],
): Promise<(change: Partial<TrainingState>) => Promise<void>> {
  const token = randomUUID();
  const self = { pid: process.pid, host: hostname(), token };
  let state: TrainingState = { version: 1, status: 'running', ...start, process: self };
  const write = () => writeFileAtomic(join(folder, RUN_FILES.state), `${JSON.stringify(state, null, 2)}\n`);
  await write();
  return async change => {
    const found = await readRunState(folder);
    if (found?.process.token !== token) {
      throw new Error(
        `Cannot continue in ${folder}: process ${found?.process.pid} has started to train there`,
      );
    }
    state = { ...state, ...change };
    await write();
  };
}

/** Opens the metrics of a run, which must hold every step up to the last checkpoint. */
async function openMetrics(folder: string, last: number): Promise<RowLog<TrainingRow>> {
  const metrics = await openRowLog<TrainingRow>(join(folder, RUN_FILES.metrics), last);
  const { length } = metrics.rows;
  if (length === last) return metrics;
  await metrics.close();
  throw new Error(
    `Cannot resume ${folder}: ${RUN_FILES.metrics} must hold steps 1 to ${last}, it holds ${length} of them`,
  );
}
