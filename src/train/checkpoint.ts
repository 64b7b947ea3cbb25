import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { flush, writeFileAtomic } from '../files/index.ts';
import { openSafetensors, type Weights, writeSafetensors } from '../model/index.ts';
import {
  anything,
  literal,
  loadJson,
  messageOf,
  number,
  object,
  optional,
  record,
  requireSameSettings,
  type Settings,
} from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';

/** State of a run at a step, beside its tensors. */
export interface CheckpointRecord {
  version: 1;
  /** Steps taken. The position in the data and every random draw follow from it and the seed. */
  step: number;
  seed: number;
  /** Settings that decide the run's weights, with hashes of its data and initial model. */
  settings: Settings;
  /** Row of this step if its evaluation was interrupted, and is to be repeated. */
  pending?: TrainingRow | undefined;
}

/** Checkpoint whose tensors are not read yet. */
export interface StoredCheckpoint extends CheckpointRecord {
  folder: string;
  /**
   * Restores the values of variables.
   *
   * @throws {ReadError} if a file is damaged, or a tensor is missing.
   */
  restore(
    trained: Readonly<Record<string, Variable>>,
    state: Readonly<Record<string, Variable>>,
  ): Promise<void>;
  /** Reads the trained weights by their names, as new tensors. @throws as {@link StoredCheckpoint.restore}. */
  readTrained(): Promise<Record<string, Tensor>>;
}

const ROW = object<TrainingRow>({
  step: number,
  epoch: number,
  tokens: number,
  lossTokens: number,
  loss: number,
  learningRate: number,
  gradNorm: number,
  tokensPerSecond: number,
  memory: number,
  evalLoss: optional(number),
  evalTokens: optional(number),
});

const CHECKPOINT_RECORD = object<CheckpointRecord>(
  { version: literal(1), step: number, seed: number, settings: record(anything), pending: optional(ROW) },
  { open: true },
);

/** File that names the newest whole checkpoint; written last. */
const LATEST = 'latest';
const RECORD = 'checkpoint.json';
const OPTIMIZER = 'optimizer';
const NAME = /^step-\d{8,}$/;

/**
 * Writes a checkpoint whole or not at all: a folder `step-00000120` of `model.safetensors` (the trained weights),
 * `optimizer/model.safetensors` and `checkpoint.json`, written under another name, flushed and renamed; then `latest`,
 * which names it. Then removes all but the newest `keep`.
 *
 * @param folder holds all checkpoints of a run.
 * @param kept.best step of a checkpoint that is kept in any case.
 * @param kept.confirm makes sure that the folder is still this run's, before the checkpoint gets its name.
 * @throws {Error} if it cannot be written, such as on a full disk; `latest` and the checkpoint that it names are then
 *   unchanged.
 */
export async function writeCheckpoint(
  folder: string,
  record: CheckpointRecord,
  tensors: { trained: Weights; state: Weights },
  {
    keep,
    best,
    confirm = async () => {},
  }: { keep: number; best?: number | undefined; confirm?: () => Promise<void> },
): Promise<void> {
  const name = checkpointName(record.step);
  const aside = join(folder, `${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(aside, { recursive: true });
    await writeSafetensors(aside, sourcesOf(tensors.trained));
    await writeSafetensors(join(aside, OPTIMIZER), sourcesOf(tensors.state));
    await writeFileAtomic(join(aside, RECORD), `${JSON.stringify(record, null, 2)}\n`);
    for (const changed of [join(aside, OPTIMIZER), aside]) await flush(changed);
    await confirm();
    await rename(aside, join(folder, name));
    await flush(folder);
    await writeFileAtomic(join(folder, LATEST), `${name}\n`);
    await flush(folder);
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    const latest = await latestName(folder).catch(() => undefined);
    const kept = latest === undefined ? 'there is no earlier one' : `${latest} is kept`;
    const problem = `${messageOf(cause)}; ${kept}`;
    throw new Error(`Cannot write the checkpoint of step ${record.step} to ${folder}: ${problem}`, { cause });
  }
  await removeOld(folder, keep, best);
}

/** Removes the unfinished checkpoints of a killed run: all that are newer than the newest whole one. */
export async function removeUnfinished(folder: string): Promise<void> {
  const latest = await latestName(folder);
  for (const name of await namesIn(folder)) {
    const unfinished = name.endsWith('.tmp') || (NAME.test(name) && (latest === undefined || name > latest));
    if (unfinished) await rm(join(folder, name), { recursive: true });
  }
}

/**
 * Opens the newest whole checkpoint of a run.
 *
 * @param settings must be those of the checkpoint.
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

/** Opens the checkpoint of one step. @throws as {@link latestCheckpoint}. */
export async function checkpointOf(
  folder: string,
  step: number,
  settings: Settings,
): Promise<StoredCheckpoint> {
  return openCheckpoint(join(folder, checkpointName(step)), settings);
}

async function openCheckpoint(folder: string, settings: Settings): Promise<StoredCheckpoint> {
  const path = join(folder, RECORD);
  const found = await loadJson(path, 'the record of a checkpoint', CHECKPOINT_RECORD);
  if (found === undefined) throw new Error(`Cannot read the checkpoint ${folder}: ${RECORD} is missing`);
  requireSameSettings(`the checkpoint ${folder}`, found.settings, settings);
  return {
    ...found,
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
    throw new TypeError(`"${name}" must be float32, got ${tensor.dtype}`);
  });
}

async function latestName(folder: string): Promise<string | undefined> {
  const name = await readFile(join(folder, LATEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (name === undefined || NAME.test(name.trim())) return name?.trim();
  throw new Error(`Cannot read ${join(folder, LATEST)}: it must name a checkpoint, got ${name}`);
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

async function assignFrom(folder: string, variables: Readonly<Record<string, Variable>>): Promise<void> {
  await eachTensor(folder, Object.keys(variables), (name, tensor) => {
    variables[name]?.assign(tensor);
    tensor.dispose();
  });
}

async function readTensors(folder: string): Promise<Record<string, Tensor>> {
  const read: Record<string, Tensor> = {};
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
  use: (name: string, tensor: Tensor) => void,
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
