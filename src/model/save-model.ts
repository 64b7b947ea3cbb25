import { join } from 'node:path';
import { writeFileAtomic } from '../files/index.ts';
import { adaptedMaps } from './adapter.ts';
import type { Model } from './model.ts';
import { weightShapes } from './model-sizes.ts';
import { weightOf } from './network.ts';
import { savedConfig, stringifyConfig } from './saved-config.ts';
import { type WriteOptions, writeSafetensors } from './write-safetensors.ts';

/**
 * Saves a model as a folder that {@link loadModel} and Transformers load: its config, with every key that it was loaded
 * with, and its weights.
 *
 * @param options.type default the type that it was loaded in; float32 where it was made here, or quantised.
 * @returns the paths of the files.
 * @throws {RangeError} if Transformers cannot state the config, a weight is missing or of another shape, or there are
 *   adapters, which {@link mergeLora} makes part of the weights.
 * @throws the file system's error; the weights that were there before are then still there.
 */
export async function saveModel(
  folder: string,
  { config, weights, stored }: Model,
  options: WriteOptions = {},
): Promise<string[]> {
  const { type = stored?.type ?? 'F32' } = options;
  const json = savedConfig(config, stored?.config, type);
  const adapters = adaptedMaps(weights).length;
  if (adapters > 0) {
    throw new RangeError(
      `Cannot save the model: weights without adapters are required, found ${adapters} of them. Save what ` +
        'mergeLora() makes of it, or its adapters by saveLora()',
    );
  }
  const sources = [...weightShapes(config)].map(([name, shape]) => {
    const weight = weightOf(weights, name);
    if (String(weight.shape) !== String(shape)) {
      const required = `shape ${shape.join(' × ')}`;
      throw new RangeError(
        `Cannot save weight "${name}": ${required} is required, found ${weight.shape.join(' × ')}`,
      );
    }
    return { name, shape, values: () => weight.data<'float32'>() };
  });
  const paths = await writeSafetensors(folder, sources, { ...options, type });
  const configFile = join(folder, 'config.json');
  await writeFileAtomic(configFile, stringifyConfig(json));
  return [...paths, configFile];
}
