import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type InputFile, openInput, type StoredTensor, tensorAt } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import { readJson, stringsOf } from './json.ts';
import { LENGTH_BYTES, MOST_HEADER_BYTES, parseSafetensorsHeader } from './safetensors-header.ts';
import { readTensor, storedTensor, type WeightFile } from './stored-tensor.ts';

/** Names the file in Hugging Face's layout; the stem is `model`, except for adapters. */
export const wholeFile = (stem: string) => `${stem}.safetensors`;
export const indexFile = (stem: string) => `${wholeFile(stem)}.index.json`;

/**
 * Opens weights in Hugging Face's layout: a `.safetensors` file, an index of several (`.index.json`), or the
 * folder of either. Reads the headers only; each tensor is read when it is asked for.
 *
 * @throws {ReadError} if a file is not what the format allows, is cut off, or the index leads out of its folder.
 * @example
 * const weights = await openSafetensors('checkpoints/smollm2');
 * const embedding = await weights.read('model.embed_tokens.weight'); // Float32Array
 * await weights.close();
 */
export async function openSafetensors(path: string): Promise<WeightFile> {
  const file = (await stat(path)).isDirectory() ? await weightsIn(path) : path;
  return file.endsWith('.json') ? openShards(file) : openOne(file);
}

/** Lists the files of the weights in a folder: one, or an index and its shards in their order. */
export async function weightFiles(folder: string): Promise<string[]> {
  const file = await weightsIn(folder);
  if (!file.endsWith('.json')) return [file];
  const shards = new Set((await shardsByTensor(file)).values());
  return [file, ...[...shards].sort().map(name => join(folder, name))];
}

async function weightsIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const known = [wholeFile('model'), indexFile('model')];
  const name = known.find(name => names.includes(name));
  if (name !== undefined) return join(folder, name);
  const found = names.length > 0 ? shown(names.sort().join(', ')) : 'nothing';
  throw new ReadError({ at: folder, required: known.join(' or '), found });
}

async function openOne(path: string): Promise<WeightFile> {
  const file = await openInput(path);
  try {
    const { metadata, tensors } = parseSafetensorsHeader(await headerOf(file), path, file.size);
    const read = async (name: string) => readTensor(file, storedTensor(tensors, name, path));
    return { path, metadata, tensors, read, close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openShards(path: string): Promise<WeightFile> {
  const shardOf = await shardsByTensor(path);
  const shards = new Map<string, WeightFile>();
  const close = async () => {
    await Promise.all([...shards.values()].map(shard => shard.close()));
  };
  try {
    for (const name of new Set(shardOf.values())) shards.set(name, await openOne(join(dirname(path), name)));
    const holders = tensorHolders(path, shardOf, shards);
    const tensors = new Map([...holders].map(([name, { tensor }]) => [name, tensor]));
    const metadata = new Map([...shards.values()].flatMap(shard => [...shard.metadata]));
    const read = async (name: string) => {
      storedTensor(tensors, name, path);
      return (holders.get(name) as Holder).shard.read(name);
    };
    return { path, metadata, tensors, read, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Holder {
  shard: WeightFile;
  tensor: StoredTensor;
}

/** Maps each tensor to the shard that holds it: the one that the index says, and whatever else the shards hold. */
function tensorHolders(
  path: string,
  shardOf: ReadonlyMap<string, string>,
  shards: ReadonlyMap<string, WeightFile>,
): Map<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const [file, shard] of shards) {
    for (const [name, tensor] of shard.tensors) {
      const known = holders.get(name);
      if (known) {
        const found = `${known.shard.path} and ${shard.path}`;
        throw new ReadError({ at: tensorAt(path, name), required: 'one file that holds it', found });
      }
      const indexed = shardOf.get(name) ?? file;
      if (indexed !== file) {
        throw new ReadError({
          at: tensorAt(path, name),
          required: `it in ${shown(indexed)}`,
          found: `it in ${file}`,
        });
      }
      holders.set(name, { shard, tensor });
    }
  }
  for (const [name, file] of shardOf) {
    if (holders.has(name)) continue;
    throw new ReadError({
      at: tensorAt(path, name),
      required: `it in ${shown(file)}`,
      found: 'no such tensor there',
    });
  }
  return holders;
}

/** Reads the file that the index names for each tensor: one beside it, and nothing else on the machine. */
async function shardsByTensor(path: string): Promise<Map<string, string>> {
  const { weight_map: map } = await readJson(path);
  const shardOf = new Map(Object.entries(stringsOf(map, `${path}, "weight_map"`)));
  for (const [name, file] of shardOf) {
    if (/^[^/\\\0]+\.safetensors$/.test(file) && basename(file) === file) continue;
    const required = 'the name of a .safetensors file in the same folder';
    throw new ReadError({ at: tensorAt(path, name), required, found: shown(file) });
  }
  if (shardOf.size > 0) return shardOf;
  throw new ReadError({ at: path, required: 'a tensor under "weight_map"', found: 'none' });
}

/** Reads the header's bytes, once its length is known to fit in the file. */
async function headerOf(file: InputFile): Promise<Uint8Array> {
  const length = new Uint8Array(LENGTH_BYTES);
  await file.fill(length, 0);
  const bytes = new DataView(length.buffer).getBigUint64(0, true);
  const most = Math.min(file.size - LENGTH_BYTES, MOST_HEADER_BYTES);
  if (bytes > most) {
    throw new ReadError({
      at: file.path,
      required: `a header of at most ${most} bytes`,
      found: `one of ${bytes}`,
    });
  }
  const header = new Uint8Array(Number(bytes));
  await file.fill(header, LENGTH_BYTES);
  return header;
}
