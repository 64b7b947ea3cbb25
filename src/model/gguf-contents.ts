import { isDeepStrictEqual } from 'node:util';
import type { StoredTensor } from '../files/index.ts';
import { shown } from '../readers/index.ts';
import type { Architecture, GgufContents, StoredPlace } from './architecture.ts';
import { architectureNames, architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { configFields } from './config-fields.ts';
import { isObject } from './json.ts';
import { weightShapes } from './model-sizes.ts';
import type { GgufFile } from './open-gguf.ts';

/** A model as a GGUF file states it. */
export interface GgufModel extends Required<Omit<GgufContents, 'readAs'>> {
  /** Name under `general.architecture`. */
  architecture: string;
  /** Returns the place of a weight. */
  place(name: string, shape: readonly number[]): StoredPlace;
}

/**
 * Returns what a GGUF file states of a model. It is read again as the file would be, so that no config is written which
 * llama.cpp would compute otherwise.
 *
 * @throws {RangeError} if llama.cpp does not compute the architecture, or a part of its config, which is named.
 */
export async function ggufContents(config: ModelConfig): Promise<GgufModel> {
  const { gguf } = architectureOf(config);
  if (!gguf) {
    const names = architectureNames(({ name, gguf }) => (gguf ? name : undefined));
    throw new RangeError(
      `Cannot write the model as GGUF: the architecture ${names} is required, found ${config.architecture}`,
    );
  }
  if (gguf.head && config.tieWordEmbeddings !== (gguf.head === 'tied')) {
    const [required, found] = gguf.head === 'tied' ? ['tied', 'its own'] : ['its own', 'tied'];
    throw new RangeError(
      `Cannot write the model as GGUF: llama.cpp computes ${config.architecture} with an output matrix that is ${required}, found ${found}`,
    );
  }
  const { metadata, tensors = [], readAs = config } = gguf.contents(config);
  const place = (name: string, shape: readonly number[]) => gguf.tensor(config, name, shape);
  const model = { architecture: gguf.name, metadata, tensors, place };
  requireSame(readAs, await configOf(config, gguf, model));
  return model;
}

/** Reads the config of the file that would be written. */
async function configOf(
  config: ModelConfig,
  gguf: NonNullable<Architecture['gguf']>,
  { metadata, tensors, place }: GgufModel,
): Promise<ModelConfig> {
  const stated = [...weightShapes(config)].map(([name, shape]) => place(name, shape));
  const stored = new Map([...stated, ...tensors].map(({ name, shape }) => [name, storedAs(name, shape)]));
  const path = 'the GGUF file';
  const values = new Map(Object.entries(metadata).map(([key, { value }]) => [key, value]));
  const file: GgufFile = {
    path,
    metadata: new Map(),
    tensors: stored,
    read: async name => tensors.find(tensor => tensor.name === name)?.values() ?? new Float32Array(),
    close: async () => {},
  };
  return gguf.config(configFields(values, path), file);
}

function storedAs(name: string, shape: readonly number[]): StoredTensor {
  return { name, shape, type: 'F32', offset: 0, bytes: 0 };
}

/** Requires each part of a config to be what is read of it, in the precision of the file's numbers. */
function requireSame(config: ModelConfig, read: ModelConfig): void {
  const [given, found] = [parts(config), parts(read)];
  for (const key of new Set([...given.keys(), ...found.keys()])) {
    if (isDeepStrictEqual(given.get(key), found.get(key))) continue;
    throw new RangeError(
      `Cannot write the model as GGUF: llama.cpp computes ${config.architecture} with ${key} ${shown(found.get(key))}, found ${shown(given.get(key))}`,
    );
  }
}

function parts(config: ModelConfig): Map<string, unknown> {
  // The padding token matters to training alone.
  const entries = Object.entries(config).filter(([key]) => key !== 'padTokenId');
  return new Map(entries.map(([key, value]) => [key, rounded(value)]));
}

/** Rounds all numbers of a value to float32. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
}
