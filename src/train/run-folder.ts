import { randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type * as tf from '@tensorflow/tfjs';
import { lineOf, readIfExists, writeFileAtomic } from '../files/index.ts';
import { type Manifest, type Settings, startManifest } from '../runs/index.ts';
import type { TrainingRow, TrainingSample, TrainingState } from '../schema.ts';
import { checkpointOf, latestCheckpoint, removeUnfinished, writeCheckpoint } from './checkpoint.ts';
import { RUN_FILES, readRows, readRunState, trainsNow } from './run-files.ts';
import type { RunKeeper } from './run-keeper.ts';

/** How long an earlier run of this process may take to write its last checkpoint, in milliseconds. */
const HANDOVER_MS = 10_000;
const HANDOVER_POLL_MS = 50;

/** What begins a run, or goes on with it. */
export interface RunStart {
  folder: string;
  state: Pick<TrainingState, 'task' | 'steps' | 'tokens'>;
  settings: Settings;
  seed: number;
  /** Checkpoints that stay. */
  keep: number;
  signal?: AbortSignal | undefined;
}

/** A run's folder, open to be written; everything in it can be read at any time. */
export interface RunFolder extends RunKeeper {
  /** Says how the run ended. @throws {Error} if another run has taken the folder. */
  end(state: Partial<TrainingState>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder of a run: takes it for this process, finds its newest checkpoint, and cuts its rows back to it, so
 * that each step stands there once.
 *
 * @throws {Error} if another living process trains there, or the run was begun with other settings.
 * @throws {ReadError} if a file is damaged.
 */
export async function openRunFolder(start: RunStart): Promise<RunFolder> {
  const { folder, settings, seed, keep } = start;
  const path = (file: keyof typeof RUN_FILES) => join(folder, RUN_FILES[file]);
  await mkdir(path('checkpoints'), { recursive: true });
  await waitForFolder(folder, start.signal);
  const checkpoint = await latestCheckpoint(path('checkpoints'), settings);
  const token = randomUUID();
  const self = { pid: process.pid, host: hostname(), token };
  let state: TrainingState = { version: 1, status: 'running', ...start.state, process: self };
  const setState = async (change: Partial<TrainingState>): Promise<void> => {
    const found = await readRunState(folder);
    if (found?.process.token !== token) {
      throw new Error(`Cannot go on with ${folder}: process ${found?.process.pid} has begun to train there`);
    }
    state = { ...state, ...change };
    await writeState(folder, state);
  };
  await writeState(folder, state);
  await removeUnfinished(path('checkpoints'));
  const writeManifest = await runManifest(path('manifest'), {
    settings,
    seed,
    resumed: checkpoint !== undefined,
  });
  await writeManifest();
  // The row of a step whose evaluation was interrupted stands in the checkpoint alone.
  const last = (checkpoint?.step ?? 0) - (checkpoint?.open ? 1 : 0);
  const rows = await cutBack<TrainingRow>(path('metrics'), last);
  if (rows.length !== last) {
    throw new Error(
      `Cannot go on with ${folder}: ${RUN_FILES.metrics} must hold steps 1 to ${last}, it holds ${rows.length} of them`,
    );
  }
  await cutBack<TrainingSample>(path('samples'), last);
  const metrics = await openLines(path('metrics'));
  const samples = await openLines(path('samples'));
  let saved = checkpoint?.step;
  return {
    rows,
    restore: async ({ trained, state }) => {
      await checkpoint?.restore(trained, state);
      return checkpoint?.open;
    },
    add: async (row, drawn = []) => {
      await samples.append(drawn);
      await metrics.append([row]);
    },
    save: async ({ step, open, best }, tensors) => {
      if (step === saved) return;
      // The checkpoint says that the rows are there.
      await samples.flush();
      await metrics.flush();
      await setState(best === undefined ? {} : { best });
      await writeCheckpoint(path('checkpoints'), { version: 1, step, seed, settings, open }, tensors, {
        keep,
        best: best?.step,
      });
      saved = step;
    },
    trainedAt: async step => (await checkpointOf(path('checkpoints'), step, settings)).readTrained(),
    end: async change => {
      await setState(change);
      await writeManifest();
    },
    close: async () => {
      await metrics.close();
      await samples.close();
    },
  };
}

/** A file of rows, open to add some. */
async function openLines(path: string) {
  const file = await open(path, 'a');
  return {
    append: async (rows: readonly object[]) => {
      try {
        if (rows.length > 0) await file.appendFile(rows.map(lineOf).join(''));
      } catch (cause) {
        throw new Error(`Cannot write ${path}: ${(cause as Error).message}`, { cause });
      }
    },
    flush: () => file.datasync(),
    close: () => file.close(),
  };
}

/** A run that has finished. */
export interface FinishedRun {
  ended: 'steps' | 'patience';
  rows: TrainingRow[];
  /** The trained weights by their names, as new tensors. */
  trained: Record<string, tf.Tensor>;
}

/**
 * The run of a folder, if it has finished; nothing is written.
 *
 * @throws {Error} if it was begun with other settings, or its files are gone.
 */
export async function readFinishedRun(folder: string, settings: Settings): Promise<FinishedRun | undefined> {
  const state = await readRunState(folder);
  if (state?.status !== 'finished') return undefined;
  const checkpoints = join(folder, RUN_FILES.checkpoints);
  const last = await latestCheckpoint(checkpoints, settings);
  if (!last) {
    throw new Error(
      `Cannot take the run of ${folder}: it has finished, and its checkpoint is gone; name another folder`,
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
 * written. One that was cut off never leaves, and is waited for only so long.
 */
async function waitForFolder(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const end = performance.now() + HANDOVER_MS;
  for (;;) {
    const state = await readRunState(folder);
    if (!state || !trainsNow(state)) return;
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

function writeState(folder: string, state: TrainingState): Promise<void> {
  return writeFileAtomic(join(folder, RUN_FILES.state), `${JSON.stringify(state, null, 2)}\n`);
}

/** What a run's manifest adds to others: when it was taken up again, and by what. */
interface RunManifest extends Manifest {
  resumed: Pick<Manifest, 'started' | 'commit' | 'versions'>[];
}

/** The manifest of a run that may be taken up several times: as it was begun, and with the seconds of all. */
async function runManifest(
  path: string,
  { settings, seed, resumed }: { settings: Settings; seed: number; resumed: boolean },
): Promise<() => Promise<void>> {
  const now = await startManifest({ config: settings, seed });
  const text = resumed ? await readIfExists(path) : undefined;
  const first: RunManifest | undefined = text === undefined ? undefined : JSON.parse(text);
  return () => {
    const { seconds, ...latest } = now();
    const { started, commit, versions } = latest;
    const manifest: RunManifest = first
      ? {
          ...first,
          seconds: first.seconds + seconds,
          resumed: [...first.resumed, { started, commit, versions }],
        }
      : { ...latest, seconds, resumed: [] };
    return writeFileAtomic(path, `${JSON.stringify(manifest, null, 2)}\n`);
  };
}

/** Leaves the rows up to a step in a file, and gives them. A line that a killed run left unfinished goes too. */
async function cutBack<T extends { step: number }>(path: string, last: number): Promise<T[]> {
  const rows = (await readRows<T>(path)).filter(({ step }) => step <= last);
  await writeFileAtomic(path, rows.map(lineOf).join(''));
  return rows;
}
