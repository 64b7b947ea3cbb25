import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { writeFileAtomic } from '../files/index.ts';
import { acquireLease, folderLease, type Lease, type Settings } from '../runs/index.ts';
import type { TrainingRow, TrainingSample, TrainingState } from '../schema.ts';
import { checkpointOf, latestCheckpoint, removeUnfinished, writeCheckpoint } from './checkpoint.ts';
import { openEventLog } from './event-log.ts';
import { openRowLog, type RowLog } from './row-log.ts';
import { RUN_FILES, readRows, readRunState } from './run-files.ts';
import { startRunManifest } from './run-manifest.ts';
import type { RunStore } from './run-store.ts';

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
  /** Aborts when the run is to stop, or has lost the folder to another process. */
  readonly signal: AbortSignal;
  /** Records how the run ended. */
  end(state: Partial<TrainingState>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder of a run: acquires its lease, finds its newest checkpoint, and cuts its rows back to it, so that each
 * step occurs once. Once another process has the folder, nothing is written to it.
 *
 * @throws {Error} if another process trains there, or the run was started with other settings.
 * @throws {ReadError} if a file is damaged.
 */
export async function openRunFolder(start: RunStart): Promise<RunFolder> {
  const { folder, state, signal } = start;
  const lease = await acquireLease(folderLease(folder), { task: state.task, signal });
  try {
    return await openLeasedFolder(start, lease);
  } catch (error) {
    await lease.release();
    throw error;
  }
}

async function openLeasedFolder(
  { folder, state, settings, seed, keep }: RunStart,
  lease: Lease,
): Promise<RunFolder> {
  const path = (file: keyof typeof RUN_FILES) => join(folder, RUN_FILES[file]);
  await mkdir(path('checkpoints'), { recursive: true });
  const checkpoint = await latestCheckpoint(path('checkpoints'), settings);
  const updateState = await startState(path('state'), state);
  await removeUnfinished(path('checkpoints'));
  const resumed = checkpoint !== undefined;
  const writeManifest = await startRunManifest(path('manifest'), { settings, seed, resumed });
  await writeManifest();
  // The row of a step whose evaluation was interrupted is in the checkpoint alone.
  const last = (checkpoint?.step ?? 0) - (checkpoint?.pending ? 1 : 0);
  const metrics = await openMetrics(folder, last);
  const samples = await openRowLog<TrainingSample>(path('samples'), last);
  const events = await openEventLog(folder, last);
  let saved = checkpoint?.step;
  return {
    rows: metrics.rows,
    signal: lease.signal,
    restore: async ({ trained, state }) => {
      await checkpoint?.restore(trained, state);
      return checkpoint?.pending;
    },
    append: async (row, drawn = []) => {
      await lease.confirm();
      await samples.append(drawn);
      await metrics.append([row]);
      await events.append(row, drawn);
    },
    save: async ({ step, pending, best }, tensors) => {
      if (step === saved) return;
      await lease.confirm();
      // A checkpoint is only valid with the rows up to its step.
      await samples.flush();
      await metrics.flush();
      await updateState(best === undefined ? {} : { best });
      const record = { version: 1 as const, step, seed, settings, pending };
      await writeCheckpoint(path('checkpoints'), record, tensors, {
        keep,
        best: best?.step,
        confirm: () => lease.confirm(),
      });
      saved = step;
    },
    trainedAt: async step => (await checkpointOf(path('checkpoints'), step, settings)).readTrained(),
    end: async change => {
      await lease.confirm();
      await updateState(change);
      await writeManifest();
    },
    close: async () => {
      await metrics.close();
      await samples.close();
      await events.close();
      await lease.release();
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

/** Writes the state of a run that starts. @returns writes it again with changes. */
async function startState(
  path: string,
  start: RunStart['state'],
): Promise<(change: Partial<TrainingState>) => Promise<void>> {
  let state: TrainingState = { version: 1, status: 'running', ...start };
  const write = () => writeFileAtomic(path, `${JSON.stringify(state, null, 2)}\n`);
  await write();
  return async change => {
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
