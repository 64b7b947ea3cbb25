import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElementType, FLOAT_ENCODERS } from './float-encoders.ts';
import { indexFile, wholeFile } from './open-safetensors.ts';
import { LENGTH_BYTES, METADATA } from './safetensors-header.ts';
import { elementsOf, requireNames, type TensorSource, valuesOf } from './tensor-source.ts';

/** Options of writing weights. */
export interface WriteOptions {
  /** The file's name before `.safetensors`; default `model`. */
  stem?: string;
  /** The elements' type in the file; default `F32`. Rounds to the nearest, ties to even. */
  type?: ElementType;
  /** Bytes of data from which on a file is split; default 5 GB, as Transformers did for long. */
  maxShardBytes?: number;
  /** Metadata of the file; default `{ format: 'pt' }`, which Transformers asks for. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes weights into a folder in Hugging Face's layout, so that Transformers loads them: `model.safetensors`, or
 * shards and their index where that would be too large. Weights that were there before are replaced once all new ones
 * are on the disk: a folder never holds some of each, and a failed write leaves the old ones.
 *
 * @returns the paths of the files, the index last.
 * @throws {RangeError} if a name occurs twice or is reserved, or values do not fill their shape.
 * @throws the file system's error, with no temporary file left behind.
 */
export async function writeSafetensors(
  folder: string,
  tensors: readonly TensorSource[],
  options: WriteOptions = {},
): Promise<string[]> {
  const { stem = 'model', type = 'F32', maxShardBytes = 5e9, metadata = { format: 'pt' } } = options;
  requireNames(tensors, METADATA);
  const shards = split(tensors, FLOAT_ENCODERS[type].bytes, maxShardBytes);
  const names = shards.map((_, i) =>
    shards.length > 1 ? shardName(stem, i + 1, shards.length) : wholeFile(stem),
  );
  await mkdir(folder, { recursive: true });
  const temporary = new Map<string, string>();
  const reserve = (name: string) => {
    const path = join(folder, `${name}.${randomUUID()}.tmp`);
    temporary.set(name, path);
    return path;
  };
  try {
    for (const [i, shard] of shards.entries()) {
      await writeFlushed(reserve(names[i] as string), fileParts(shard, type, metadata));
    }
    if (shards.length > 1) await writeFlushed(reserve(indexFile(stem)), [indexOf(shards, names, type)]);
    await replaceWeights(folder, stem, temporary);
  } finally {
    await Promise.all([...temporary.values()].map(path => rm(path, { force: true })));
  }
  return [...temporary.keys()].map(name => join(folder, name));
}

/**
 * Puts the new files, whole and under temporary names until now, in place of the old weights. The file that
 * loaders look for first goes last when it names others, so that at no moment does it lead to old ones.
 */
async function replaceWeights(
  folder: string,
  stem: string,
  temporary: ReadonlyMap<string, string>,
): Promise<void> {
  const [whole, index] = [wholeFile(stem), indexFile(stem)];
  const sharded = temporary.has(index);
  if (sharded) {
    await rm(join(folder, whole), { force: true });
    await rm(join(folder, index), { force: true });
  }
  for (const [name, path] of temporary) await rename(path, join(folder, name));
  if (!sharded) await rm(join(folder, index), { force: true });
  const stale = (await readdir(folder)).filter(name => isShard(stem, name) && !temporary.has(name));
  await Promise.all(stale.map(name => rm(join(folder, name))));
}

function isShard(stem: string, name: string): boolean {
  return name.startsWith(`${stem}-`) && /^\d{5,}-of-\d{5,}\.safetensors$/.test(name.slice(stem.length + 1));
}

function shardName(stem: string, number: number, of: number): string {
  const digits = (n: number) => String(n).padStart(5, '0');
  return `${stem}-${digits(number)}-of-${digits(of)}.safetensors`;
}

/** Splits tensors into files, as many in each as fit, in their order; one that is too large has a file of its own. */
function split(tensors: readonly TensorSource[], elementBytes: number, most: number): TensorSource[][] {
  let shard: TensorSource[] = [];
  const shards = [shard];
  let bytes = 0;
  for (const tensor of tensors) {
    const more = elementsOf(tensor) * elementBytes;
    if (shard.length > 0 && bytes + more > most) {
      shard = [];
      shards.push(shard);
      bytes = 0;
    }
    shard.push(tensor);
    bytes += more;
  }
  return shards;
}

/** Yields a file's bytes, one part after the other: header length, header, then each tensor as its values come. */
async function* fileParts(
  tensors: readonly TensorSource[],
  type: ElementType,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const { bytes, encode } = FLOAT_ENCODERS[type];
  let end = 0;
  const entries = tensors.map(tensor => {
    const start = end;
    end += elementsOf(tensor) * bytes;
    return [tensor.name, { dtype: type, shape: tensor.shape, data_offsets: [start, end] }] as const;
  });
  const json = new TextEncoder().encode(
    JSON.stringify(Object.fromEntries([[METADATA, metadata], ...entries])),
  );
  // Spaces up to a multiple of 8, so that elements of every type are aligned where the file is mapped.
  const header = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  header.set(json);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  yield length;
  yield header;
  for (const tensor of tensors) {
    const { buffer, byteOffset, byteLength } = encode(await valuesOf(tensor));
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

/** Makes the index: the file of each tensor. */
function indexOf(shards: readonly TensorSource[][], names: readonly string[], type: ElementType): Uint8Array {
  const bytes = shards
    .flat()
    .reduce((sum, tensor) => sum + elementsOf(tensor) * FLOAT_ENCODERS[type].bytes, 0);
  const files = shards.flatMap((shard, i) => shard.map(({ name }) => [name, names[i]] as const));
  const index = { metadata: { total_size: bytes }, weight_map: Object.fromEntries(files) };
  return new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`);
}

async function writeFlushed(
  path: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}
