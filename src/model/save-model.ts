import { join } from 'node:path';
import { writeFileAtomic } from '../util/index.ts';
import { network } from './forward.ts';
import { toHuggingFace } from './hugging-face-config.ts';
import type { Model } from './load-model.ts';
import { weightOf } from './network.ts';
import { type WriteOptions, writeSafetensors } from './write-safetensors.ts';

/**
 * Saves a model as a folder that {@link loadModel} and Transformers load: its config and its weights.
 *
 * @returns the paths of the files.
 * @throws {RangeError} if Transformers cannot state the config, or a weight is missing or of another shape.
 * @throws the file system's error; the weights that stood there before are then still there.
 */
export async function saveModel(
  folder: string,
  { config, weights }: Model,
  options: WriteOptions = {},
): Promise<string[]> {
  const json = toHuggingFace(config);
  const sources = [...network(config).shapes].map(([name, shape]) => {
    const weight = weightOf(weights, name);
    if (String(weight.shape) !== String(shape)) {
      const required = `shape ${shape.join(' × ')}`;
      throw new RangeError(
        `Cannot save weight "${name}": ${required} is required, found ${weight.shape.join(' × ')}`,
      );
    }
    return { name, shape, values: () => weight.data<'float32'>() };
  });
  const paths = await writeSafetensors(folder, sources, options);
  const configFile = join(folder, 'config.json');
  await writeFileAtomic(configFile, `${JSON.stringify(json, null, 2)}\n`);
  return [...paths, configFile];
}
