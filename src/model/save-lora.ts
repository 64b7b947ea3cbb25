import { join } from 'node:path';
import { writeFileAtomic } from '../files/index.ts';
import { adaptedMaps, adapterNames, adapterOf } from './adapter.ts';
import { architectureOf } from './architectures/index.ts';
import type { Model } from './model.ts';
import { linearMaps } from './model-sizes.ts';
import { ADAPTER_CONFIG, ADAPTER_PREFIX, ADAPTER_STEM } from './peft.ts';
import { type WriteOptions, writeSafetensors } from './write-safetensors.ts';

/** Options of {@link saveLora}. */
export interface SaveLoraOptions extends Pick<WriteOptions, 'type'> {
  /** Folder or hub name of the model that they were trained on, for PEFT to find it; default none is stated. */
  base?: string;
  /** The dropout that they were trained with; default 0. */
  dropout?: number;
}

/**
 * Saves a model's adapters, without the model, as a folder that {@link loadLora} and PEFT load.
 *
 * @returns the paths of the files.
 * @throws {RangeError} if there are no adapters, or they are not of one rank and one alpha.
 * @throws the file system's error; the adapters that were there before are then still there.
 */
export async function saveLora(
  folder: string,
  { config, weights }: Model,
  { base, dropout = 0, type = 'F32' }: SaveLoraOptions = {},
): Promise<string[]> {
  const adapted = adaptedMaps(weights);
  const adapters = adapted.flatMap(name => adapterOf(weights, name) ?? []);
  const scales = await Promise.all(adapters.map(async ({ scale }) => (await scale.data())[0] ?? 0));
  const [rank, scale] = [
    one(
      'rank',
      adapters.map(({ a }) => a.shape[0]),
    ),
    one('scale', scales),
  ];
  const json = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: base ?? null,
    r: rank,
    // The scale is a float32: its seven digits are alpha's.
    lora_alpha: Number((scale * rank).toPrecision(7)),
    lora_dropout: dropout,
    target_modules: targets(adapted, [...linearMaps(config).keys()]),
    fan_in_fan_out: architectureOf(config).decoder(config).fanInFanOut ?? false,
    bias: 'none',
    inference_mode: true,
  };
  const sources = adapted.flatMap(name => {
    const [names, adapter] = [adapterNames(name), adapterOf(weights, name)];
    if (!adapter) return [];
    const { a, b } = adapter;
    return [
      { name: ADAPTER_PREFIX + names.a, shape: a.shape, values: () => a.data<'float32'>() },
      { name: ADAPTER_PREFIX + names.b, shape: b.shape, values: () => b.data<'float32'>() },
    ];
  });
  const paths = await writeSafetensors(folder, sources, {
    stem: ADAPTER_STEM,
    type,
    // PEFT looks for one file.
    maxShardBytes: Number.POSITIVE_INFINITY,
  });
  const configFile = join(folder, ADAPTER_CONFIG);
  await writeFileAtomic(configFile, `${JSON.stringify(json, null, 2)}\n`);
  return [...paths, configFile];
}

/** Returns the number that all adapters have. */
function one(what: string, numbers: readonly number[]): number {
  const [first] = numbers;
  if (first !== undefined && numbers.every(number => number === first)) return first;
  const found = first === undefined ? 'none' : [...new Set(numbers)].join(', ');
  throw new RangeError(`Cannot save adapters: adapters of one ${what} are required, found ${found}`);
}

/** Lists the last parts of the maps' names, where those mean just these maps; else their whole names. */
function targets(adapted: readonly string[], all: readonly string[]): string[] {
  const end = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  const ends = new Set(adapted.map(end));
  return all.filter(name => ends.has(end(name))).length === adapted.length ? [...ends] : [...adapted];
}
