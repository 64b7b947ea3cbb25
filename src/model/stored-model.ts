import { join } from 'node:path';
import { tensorAt } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import type { StoredPlace } from './architecture.ts';
import { architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { fromGguf } from './gguf-config.ts';
import { fromHuggingFace } from './hugging-face-config.ts';
import { type Json, readJson } from './json.ts';
import { decoderOf, weightShapes } from './model-sizes.ts';
import { openGguf } from './open-gguf.ts';
import { openSafetensors } from './open-safetensors.ts';
import { type StoredForm, savedType } from './saved-config.ts';
import { requireReadable, storedTensor, type WeightFile } from './stored-tensor.ts';

/** A model on the disk, opened; none of its weights are in memory. */
export interface StoredModel {
  config: ModelConfig;
  form: StoredForm;
  /** All weights of the config, in its order. */
  weights: readonly StoredWeight[];
  /** Closes the files behind it; nothing can be read any more. */
  close(): Promise<void>;
}

/** A weight on the disk. */
export interface StoredWeight {
  /** As Hugging Face's checkpoints call it. */
  name: string;
  /** Lengths of its dimensions, the outermost first. */
  shape: readonly number[];
  /** Reads its values as float32, row by row. @throws {ReadError} if they are no real numbers. */
  read(): Promise<Float32Array>;
}

/**
 * Opens a model of a registered architecture, so that its weights are read one by one.
 *
 * @param path a folder in Hugging Face's layout (`config.json`, `model.safetensors` or shards), or a `.gguf` file.
 * @throws {ReadError} if a file is not what its format allows, the model is of a kind that is not computed here,
 *   or its tensors are not those of the config. Nothing stays open then.
 */
export async function openStoredModel(path: string): Promise<StoredModel> {
  if (path.endsWith('.gguf')) {
    const file = await openGguf(path);
    return orClose(file, async () => {
      const config = await fromGguf(file);
      const { gguf } = architectureOf(config);
      const place = (name: string, shape: readonly number[]) =>
        gguf?.tensor(config, name, shape) ?? { name, shape };
      return storedModel(config, file, place, gguf?.ignored, undefined);
    });
  }
  const configFile = join(path, 'config.json');
  const json = await readJson(configFile);
  const stated = fromHuggingFace(json, configFile);
  const file = await openSafetensors(path);
  return orClose(file, async () => {
    const { baseModelPrefix } = decoderOf(stated);
    const place = (name: string, shape: readonly number[]) => ({
      name: checkpointName(file, name, baseModelPrefix),
      shape,
    });
    const config = (await hasOutputOfItsOwn(stated, file)) ? { ...stated, tieWordEmbeddings: false } : stated;
    return storedModel(config, file, place, EXTRAS, json);
  });
}

/** Tensors that checkpoints hold beside the weights: masks, angles, and the output matrix of a tied model. */
const EXTRAS =
  /(^|\.)(att(n|ention)\.(masked_)?bias|rotary_emb\.inv_freq|lm_head\.weight|embed_out\.weight)$/;

/**
 * Reports whether the file of a model, whose config states that the token embedding is its output matrix, holds another: as in
 * Transformers, it counts then.
 */
async function hasOutputOfItsOwn(config: ModelConfig, file: WeightFile): Promise<boolean> {
  const { tokenEmbedding, baseModelPrefix, output } = decoderOf(config);
  const embedding = checkpointName(file, `${tokenEmbedding}.weight`, baseModelPrefix);
  const head = `${output}.weight`;
  if (!config.tieWordEmbeddings || !file.tensors.has(head) || !file.tensors.has(embedding)) return false;
  const [shared, own] = [await file.read(embedding), await file.read(head)];
  return shared.length !== own.length || shared.some((value, i) => value !== own[i]);
}

/** Returns the name of a weight in a checkpoint; one of the bare model, such as `gpt2`, has names without prefix. */
function checkpointName({ tensors }: WeightFile, name: string, prefix: string): string {
  return tensors.has(name) || !name.startsWith(prefix) ? name : name.slice(prefix.length);
}

async function orClose<T>(file: WeightFile, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    await file.close();
    throw error;
  }
}

function storedModel(
  config: ModelConfig,
  file: WeightFile,
  placeOf: (name: string, shape: readonly number[]) => StoredPlace,
  extras: RegExp | undefined,
  json: Json | undefined,
): StoredModel {
  // Before the names of so many layers are made: a hostile config may state billions.
  if (config.layers > file.tensors.size) {
    const found = `${file.tensors.size} tensors`;
    throw new ReadError({ at: file.path, required: `the weights of ${config.layers} layers`, found });
  }
  const stored = [...weightShapes(config)].map(([name, shape]) => ({
    name,
    shape,
    place: placeOf(name, shape),
  }));
  requireTensors(
    config,
    file,
    stored.map(({ place }) => place),
    extras,
  );
  const weights = stored.map(({ name, shape, place }) => ({
    name,
    shape,
    read: () => readPlace(file, place),
  }));
  const types = stored.map(({ place }) => storedTensor(file.tensors, place.name, file.path).type);
  return { config, form: { config: json, type: savedType(types) }, weights, close: file.close };
}

async function readPlace(file: WeightFile, { name, convert }: StoredPlace): Promise<Float32Array> {
  const values = await file.read(name);
  if (values instanceof Float32Array) return convert ? convert(values) : values;
  const found = storedTensor(file.tensors, name, file.path).type;
  throw new ReadError({ at: tensorAt(file.path, name), required: 'real numbers', found });
}

/** Requires the file to hold these tensors, and none that would change what the model computes. */
function requireTensors(
  config: ModelConfig,
  { tensors, path }: WeightFile,
  stored: readonly StoredPlace[],
  extras: RegExp | undefined,
): void {
  const known = new Set(stored.map(({ name }) => name));
  for (const name of tensors.keys()) {
    if (known.has(name) || extras?.test(name)) continue;
    const required = `a weight of ${config.architecture} with ${config.layers} layers`;
    throw new ReadError({ at: tensorAt(path, name), required, found: 'another' });
  }
  for (const { name, shape } of stored) {
    const tensor = storedTensor(tensors, name, path);
    requireReadable(tensor, path);
    const found = tensor.shape;
    if (String(found) === String(shape)) continue;
    throw new ReadError({ at: tensorAt(path, name), required: `shape ${shown(shape)}`, found: shown(found) });
  }
}
