import { join } from 'node:path';
import { writeFileAtomic } from '../files/index.ts';
import { type Adapter, adaptedMaps, adapterNames, adapterOf } from './adapter.ts';
import { architectureOf } from './architectures/index.ts';
import type { MapPattern } from './map-pattern.ts';
import type { Model } from './model.ts';
import { linearMaps } from './model-sizes.ts';
import type { Weights } from './network.ts';
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
 * @throws {RangeError} if there are no adapters.
 * @throws the file system's error; the adapters that were there before are then still there.
 */
export async function saveLora(
  folder: string,
  { config, weights }: Model,
  { base, dropout = 0, type = 'F32' }: SaveLoraOptions = {},
): Promise<string[]> {
  const adapted = await adapters(weights);
  const [rank, alpha] = [usual('rank', adapted), usual('alpha', adapted)];
  const json = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: base ?? null,
    r: rank,
    lora_alpha: alpha,
    rank_pattern: others('rank', adapted, rank),
    alpha_pattern: others('alpha', adapted, alpha),
    lora_dropout: dropout,
    target_modules: targets(
      adapted.map(({ name }) => name),
      [...linearMaps(config).keys()],
    ),
    fan_in_fan_out: architectureOf(config).decoder(config).fanInFanOut ?? false,
    bias: 'none',
    inference_mode: true,
  };
  const sources = adapted.flatMap(({ name, a, b }) => {
    const names = adapterNames(name);
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

/** An adapter to save: its map, its matrices, and the numbers that PEFT states of it. */
interface SavedAdapter extends Pick<Adapter, 'a' | 'b'> {
  name: string;
  rank: number;
  alpha: number;
}

async function adapters(weights: Weights): Promise<SavedAdapter[]> {
  const found = adaptedMaps(weights).flatMap(name => {
    const adapter = adapterOf(weights, name);
    return adapter ? [{ name, adapter }] : [];
  });
  return Promise.all(
    found.map(async ({ name, adapter: { a, b, scale } }) => {
      const [rank] = a.shape;
      const [scaled = Number.NaN] = await scale.data();
      // The scale is a float32: its seven digits are alpha's.
      return { name, a, b, rank, alpha: Number((scaled * rank).toPrecision(7)) };
    }),
  );
}

/** Returns the number that most adapters have. */
function usual(what: 'rank' | 'alpha', adapted: readonly SavedAdapter[]): number {
  const counts = new Map<number, number>();
  for (const { [what]: number } of adapted) counts.set(number, (counts.get(number) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most) return most[0];
  throw new RangeError('Cannot save adapters: a model with adapters is required, found none');
}

/** Returns the numbers of the adapters that have others, by the names of their maps. */
function others(what: 'rank' | 'alpha', adapted: readonly SavedAdapter[], usual: number): MapPattern {
  const differing = adapted.filter(({ [what]: number }) => number !== usual);
  return Object.fromEntries(differing.map(({ name, [what]: number }) => [`^${name}`, number]));
}

/** Lists the last parts of the maps' names, where those mean just these maps; else their whole names. */
function targets(adapted: readonly string[], all: readonly string[]): string[] {
  const end = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  const ends = new Set(adapted.map(end));
  return all.filter(name => ends.has(end(name))).length === adapted.length ? [...ends] : [...adapted];
}
