import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { tensorAt } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import { adapterNames } from './adapter.ts';
import { readJson } from './json.ts';
import { patternValue } from './map-pattern.ts';
import { type Model, modelOf } from './model.ts';
import { type LinearMap, linearMaps } from './model-sizes.ts';
import { openSafetensors, wholeFile } from './open-safetensors.ts';
import { ADAPTER_CONFIG, ADAPTER_PREFIX, ADAPTER_STEM, parsePeftConfig } from './peft.ts';
import { storedTensor, type WeightFile } from './stored-tensor.ts';

/**
 * Loads LoRA's adapters beside the weights of the model that they were trained on.
 *
 * @param folder as PEFT and {@link saveLora} write it: `adapter_config.json` and `adapter_model.safetensors`.
 * @returns the model's own weights, shared with it, and the adapters among them.
 * @throws {ReadError} if a file is not what its format allows, the adapters are of a variant that is not computed
 *   here, or they do not fit the model. Nothing stays in memory then.
 */
export async function loadLora(folder: string, { config, weights, stored: form }: Model): Promise<Model> {
  const at = join(folder, ADAPTER_CONFIG);
  const { alpha, alphaPattern, rootScale } = parsePeftConfig(await readJson(at), at);
  const file = await openSafetensors(join(folder, wholeFile(ADAPTER_STEM)));
  const adapters: Record<string, Tensor> = {};
  try {
    for (const [name, map] of adaptedBy(file, linearMaps(config))) {
      const names = adapterNames(name);
      const stored = (part: string) => storedTensor(file.tensors, ADAPTER_PREFIX + part, file.path);
      const rank = stored(names.a).shape[0] ?? 0;
      adapters[names.a] = await read(file, names.a, [rank, map.inputs]);
      adapters[names.b] = await read(file, names.b, [map.outputs, rank]);
      const ownAlpha = patternValue(alphaPattern, name) ?? alpha;
      adapters[names.scale] = tf.scalar(ownAlpha / (rootScale ? Math.sqrt(rank) : rank));
    }
    return modelOf(config, { ...weights, ...adapters }, form);
  } catch (error) {
    tf.dispose(adapters);
    throw error;
  } finally {
    await file.close();
  }
}

/** Lists the files of adapters in a folder. */
export function adapterFiles(folder: string): string[] {
  return [join(folder, ADAPTER_CONFIG), join(folder, wholeFile(ADAPTER_STEM))];
}

/** Lists the maps that the file has adapters for; it must hold nothing else. */
function adaptedBy(file: WeightFile, maps: ReadonlyMap<string, LinearMap>): Map<string, LinearMap> {
  const [found, known] = [new Map<string, LinearMap>(), new Map<string, string>()];
  for (const map of maps.keys()) {
    const { a, b } = adapterNames(map);
    known.set(ADAPTER_PREFIX + a, map).set(ADAPTER_PREFIX + b, map);
  }
  for (const name of file.tensors.keys()) {
    const map = known.get(name);
    const shape = map === undefined ? undefined : maps.get(map);
    if (map === undefined || !shape) {
      const required = "LoRA's A or B of a linear map of the model";
      throw new ReadError({ at: tensorAt(file.path, name), required, found: 'another' });
    }
    found.set(map, shape);
  }
  if (found.size > 0) return found;
  throw new ReadError({ at: file.path, required: 'an adapter', found: 'no tensor' });
}

async function read(file: WeightFile, name: string, shape: [number, number]): Promise<Tensor> {
  const tensor = storedTensor(file.tensors, ADAPTER_PREFIX + name, file.path);
  const at = tensorAt(file.path, tensor.name);
  if (shape[0] === 0 || shape[1] === 0 || String(tensor.shape) !== String(shape)) {
    throw new ReadError({ at, required: `shape ${shown(shape)}`, found: shown(tensor.shape) });
  }
  const values = await file.read(tensor.name);
  if (values instanceof Float32Array) return tf.tensor2d(values, shape);
  throw new ReadError({ at, required: 'real numbers', found: tensor.type });
}
