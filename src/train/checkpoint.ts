import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { flush, writeFileAtomic } from '../files/index.ts';
import { openSafetensors, type Weights, writeSafetensors } from '../model/index.ts';
import { requireSameSettings, type Settings } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';

/** What a run must know, beside tensors, to go on from a step. */
export interface CheckpointRecord {
  version: 1;
  /** Steps taken. The place in the data and every random draw follow from it and the seed. */
  step: number;
  seed: number;
  /** What decides the run's weights, hashes of its data and of the model it began with among it. */
  settings: Settings;
  /** The row of this step, where its evaluation was interrupted and is to be done again. */
  open?: TrainingRow | undefined;
}

/** A checkpoint, its tensors still on the disk. */
export interface StoredCheckpoint extends CheckpointRecord {
  folder: string;
  /**
   * Gives tensors, such as the variables of a step, the values that they had.
   *
   * @throws {ReadError} if a file is damaged, or a tensor is not there.
   */
  restore(
    trained: Readonly<Record<string, tf.Variable>>,
    state: Readonly<Record<string, tf.Variable>>,
  ): Promise<void>;
  /** The trained weights by their names, as new tensors. @throws as {@link StoredCheckpoint.restore}. */
  readTrained(): Promise<Record<string, tf.Tensor>>;
}

/** Names the newest whole checkpoint; written last. */
const LATEST = 'latest';
const RECORD = 'checkpoint.json';
const OPTIMIZER = 'optimizer';
const NAME = /^step-\d{8,}$/;

/**
 * Writes a checkpoint whole or not at all: a folder `step-00000120` of `model.safetensors` (what is trained),
 * `optimizer/model.safetensors` and `checkpoint.json`, made aside, flushed and renamed; then `latest`, which names
 * it. Older ones than the newest `keep` go then.
 *
 * @param folder holds all checkpoints of a run.
 * @param kept.best the step of a checkpoint that stays in any case.
 * @throws {Error} if it cannot be written, such as on a full disk; `latest` and what it names are then untouched.
 */
export async function writeCheckpoint(
  folder: string,
  record: CheckpointRecord,
  tensors: { trained: Weights; state: Weights },
  { keep, best }: { keep: number; best?: number | undefined },
): Promise<void> {
  const name = checkpointName(record.step);
  const aside = join(folder, `${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(aside, { recursive: true });
    await writeSafetensors(aside, sourcesOf(tensors.trained));
    await writeSafetensors(join(aside, OPTIMIZER), sourcesOf(tensors.state));
    await writeFileAtomic(join(aside, RECORD), `${JSON.stringify(record, null, 2)}\n`);
    for (const changed of [join(aside, OPTIMIZER), aside]) await flush(changed);
    await rename(aside, join(folder, name));
    await flush(folder);
    await writeFileAtomic(join(folder, LATEST), `${name}\n`);
    await flush(folder);
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    const stands = await latestName(folder).catch(() => undefined);
    const kept = stands === undefined ? 'there is none before it' : `${stands} before it stands`;
    const { message } = cause as Error;
    throw new Error(`Cannot write the checkpoint of step ${record.step} to ${folder}: ${message}; ${kept}`, {
      cause,
    });
  }
  await removeOld(folder, keep, best);
}

/** Removes what a killed run was about to write: all that is newer than the newest whole checkpoint. */
export async function removeUnfinished(folder: string): Promise<void> {
  const latest = await latestName(folder);
  for (const name of await namesIn(folder)) {
    const unfinished = name.endsWith('.tmp') || (NAME.test(name) && (latest === undefined || name > latest));
    if (unfinished) await rm(join(folder, name), { recursive: true });
  }
}

/**
 * The newest whole checkpoint of a run.
 *
 * @param settings the run's now, which must be those of the checkpoint.
 * @returns undefined if there is none.
 * @throws {Error} naming the first setting that differs, and both its values.
 * @throws {ReadError} if a file is damaged.
 */
export async function latestCheckpoint(
  folder: string,
  settings: Settings,
): Promise<StoredCheckpoint | undefined> {
  const latest = await latestName(folder);
  return latest === undefined ? undefined : openCheckpoint(join(folder, latest), settings);
}

/** The checkpoint of one step. @throws as {@link latestCheckpoint}. */
export async function checkpointOf(
  folder: string,
  step: number,
  settings: Settings,
): Promise<StoredCheckpoint> {
  return openCheckpoint(join(folder, checkpointName(step)), settings);
}

async function openCheckpoint(folder: string, settings: Settings): Promise<StoredCheckpoint> {
  const record: CheckpointRecord = JSON.parse(await readFile(join(folder, RECORD), 'utf8'));
  requireSameSettings(`the checkpoint ${folder}`, record.settings, settings);
  return {
    ...record,
    folder,
    restore: async (trained, state) => {
      await assignFrom(folder, trained);
      await assignFrom(join(folder, OPTIMIZER), state);
    },
    readTrained: () => readTensors(folder),
  };
}

function checkpointName(step: number): string {
  return `step-${String(step).padStart(8, '0')}`;
}

function sourcesOf(tensors: Weights) {
  return Object.entries(tensors).map(([name, tensor]) => {
    if (tensor.dtype === 'float32')
      return { name, shape: tensor.shape, values: () => tensor.data<'float32'>() };
    throw new TypeError(`it holds real numbers alone, and "${name}" is of ${tensor.dtype}`);
  });
}

async function latestName(folder: string): Promise<string | undefined> {
  const name = await readFile(join(folder, LATEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (name === undefined || NAME.test(name.trim())) return name?.trim();
  throw new Error(`Cannot read ${join(folder, LATEST)}: the name of a checkpoint is required, found ${name}`);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

async function removeOld(folder: string, keep: number, best: number | undefined): Promise<void> {
  const names = (await namesIn(folder)).filter(name => NAME.test(name)).sort();
  const kept = new Set(names.slice(-keep));
  if (best !== undefined) kept.add(checkpointName(best));
  for (const name of names) if (!kept.has(name)) await rm(join(folder, name), { recursive: true });
}

async function assignFrom(folder: string, variables: Readonly<Record<string, tf.Variable>>): Promise<void> {
  await eachTensor(folder, Object.keys(variables), (name, tensor) => {
    variables[name]?.assign(tensor);
    tensor.dispose();
  });
}

async function readTensors(folder: string): Promise<Record<string, tf.Tensor>> {
  const read: Record<string, tf.Tensor> = {};
  try {
    await eachTensor(folder, undefined, (name, tensor) => {
      read[name] = tensor;
    });
    return read;
  } catch (error) {
    tf.dispose(read);
    throw error;
  }
}

async function eachTensor(
  folder: string,
  names: readonly string[] | undefined,
  use: (name: string, tensor: tf.Tensor) => void,
): Promise<void> {
  const file = await openSafetensors(folder);
  try {
    for (const name of names ?? file.tensors.keys()) {
      const values = await file.read(name);
      use(name, tf.tensor(values as Float32Array, [...(file.tensors.get(name)?.shape ?? [])], 'float32'));
    }
  } finally {
    await file.close();
  }
}
