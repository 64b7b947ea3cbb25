import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { ReadError, shown } from '../readers/read-error.ts';
import { runningSignal } from '../util/index.ts';
import type { ModelConfig } from './config.ts';
import { network } from './forward.ts';
import { fromGguf, GGUF_EXTRAS, ggufPlace, type StoredPlace } from './gguf-model.ts';
import { fromHuggingFace } from './hugging-face-config.ts';
import { readJson } from './json.ts';
import type { Weights } from './network.ts';
import { openGguf } from './open-gguf.ts';
import { openSafetensors } from './open-safetensors.ts';
import { storedTensor, tensorAt, type WeightFile } from './stored-tensor.ts';

/** A model in memory. */
export interface Model {
  config: ModelConfig;
  /** Tensors on the backend in use; `tf.dispose(model.weights)` frees them. */
  weights: Weights;
}

/** How to load a model. */
export interface LoadModelOptions {
  /** Stops the loading; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Loads a GPT-2 or LLaMA model, its weights as float32, onto the backend in use.
 *
 * @param path a folder in Hugging Face's layout (`config.json`, `model.safetensors` or shards), or a `.gguf` file.
 * @throws {ReadError} if a file is not what its format allows, the model is of a kind that is not computed here,
 *   or its tensors are not those of the config. Nothing stays in memory then.
 * @example
 * const { config, weights } = await loadModel('checkpoints/gpt2');
 * forward(config, weights, tf.tensor2d([[464, 3290]], undefined, 'int32')); // logits [1, 2, 50257]
 */
export async function loadModel(path: string, options: LoadModelOptions = {}): Promise<Model> {
  const { signal = runningSignal() } = options;
  if (path.endsWith('.gguf')) {
    const file = await openGguf(path);
    return closing(file, async () => {
      const config = await fromGguf(file);
      return load(config, file, (name, shape) => ggufPlace(config, name, shape), GGUF_EXTRAS, signal);
    });
  }
  const configFile = join(path, 'config.json');
  const config = fromHuggingFace(await readJson(configFile), configFile);
  const file = await openSafetensors(path);
  const place = (name: string, shape: readonly number[]) => ({ name: checkpointName(file, name), shape });
  return closing(file, () => load(config, file, place, EXTRAS, signal));
}

/** Tensors that checkpoints hold beside the weights: masks, angles, and the output matrix of a tied model. */
const EXTRAS = /(^|\.)(attn\.(masked_)?bias|rotary_emb\.inv_freq|lm_head\.weight)$/;

/** A checkpoint of the bare model, such as `gpt2`, has names without the model's own. */
function checkpointName({ tensors }: WeightFile, name: string): string {
  return tensors.has(name) ? name : name.replace(/^(transformer|model)\./, '');
}

async function closing<T>(file: WeightFile, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await file.close();
  }
}

async function load(
  config: ModelConfig,
  file: WeightFile,
  placeOf: (name: string, shape: readonly number[]) => StoredPlace,
  extras: RegExp,
  signal: AbortSignal | undefined,
): Promise<Model> {
  // Before the names of so many layers are made: a hostile config may state billions.
  if (config.layers > file.tensors.size) {
    const found = `${file.tensors.size} tensors`;
    throw new ReadError({ at: file.path, required: `the weights of ${config.layers} layers`, found });
  }
  const { shapes } = network(config);
  const places = new Map([...shapes].map(([name, shape]) => [name, placeOf(name, shape)]));
  requireTensors(config, file, [...places.values()], extras);
  const weights: Record<string, tf.Tensor> = {};
  try {
    for (const [name, { name: stored, reorder }] of places) {
      signal?.throwIfAborted();
      const values = await file.read(stored);
      if (!(values instanceof Float32Array)) {
        const found = storedTensor(file.tensors, stored, file.path).type;
        throw new ReadError({ at: tensorAt(file.path, stored), required: 'real numbers', found });
      }
      weights[name] = tf.tensor(reorder ? reorder(values) : values, [...(shapes.get(name) ?? [])]);
    }
    return { config, weights };
  } catch (error) {
    tf.dispose(weights);
    throw error;
  }
}

/** The file must hold these tensors, and none that would change what the model computes. */
function requireTensors(
  config: ModelConfig,
  { tensors, path }: WeightFile,
  places: readonly StoredPlace[],
  extras: RegExp,
): void {
  const known = new Set(places.map(({ name }) => name));
  for (const name of tensors.keys()) {
    if (known.has(name) || extras.test(name)) continue;
    const required = `a weight of ${config.architecture} with ${config.layers} layers`;
    throw new ReadError({ at: tensorAt(path, name), required, found: 'another' });
  }
  for (const { name, shape } of places) {
    const found = storedTensor(tensors, name, path).shape;
    if (String(found) === String(shape)) continue;
    throw new ReadError({ at: tensorAt(path, name), required: `shape ${shown(shape)}`, found: shown(found) });
  }
}
