import { basename } from 'node:path';
import { type GgufValue, openInput, parseGgufHeader, tensorAt, windowed } from '../files/index.ts';
import { ReadError } from '../readers/index.ts';
import { readTensor, storedTensor, type WeightFile } from './stored-tensor.ts';

/** A GGUF file, opened; the data of its tensors are not in memory. */
export interface GgufFile extends WeightFile {
  /** Metadata of the file: architecture, sizes, vocabulary, chat template. */
  metadata: ReadonlyMap<string, GgufValue>;
}

/**
 * Opens a GGUF file and reads the header before the data; each tensor is read, and dequantised to float32, when it is
 * asked for. Shapes are given outermost first, as everywhere else. Of a model in several files, `path` is the first.
 *
 * The package `@huggingface/gguf` reads zeros where a local file is cut off, shortens a text that crosses one of its
 * two-megabyte pieces, and keeps the last of two keys; hence a parser of our own.
 *
 * @throws {ReadError} if the file is not what the format allows, or is cut off.
 * @example
 * const model = await openGguf('SmolLM2-135M-Instruct.Q4_1.gguf');
 * model.metadata.get('general.architecture'); // 'llama'
 * const embedding = await model.read('token_embd.weight'); // Float32Array
 * await model.close();
 */
export async function openGguf(path: string): Promise<GgufFile> {
  const first = await openOne(path);
  const files = [first];
  try {
    for (const next of splitPaths(first)) if (next !== path) files.push(await openOne(next));
    return files.length === 1 ? first : joined(first, files);
  } catch (error) {
    await Promise.all(files.map(file => file.close()));
    throw error;
  }
}

/** Lists the files that a GGUF model is split into, of which a path is the first; itself where it is not split. */
export async function ggufFiles(path: string): Promise<readonly string[]> {
  const file = await openOne(path);
  await file.close();
  return splitPaths(file);
}

async function openOne(path: string): Promise<GgufFile> {
  const file = await openInput(path);
  try {
    const { metadata, tensors } = parseGgufHeader(windowed(file));
    const read = async (name: string) => readTensor(file, storedTensor(tensors, name, path));
    return { path, metadata, tensors, read, close: file.close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Most files of a split model; their names have five digits. */
const MOST_FILES = 99_999;

/** Names the files of a split model as llama.cpp does: `NAME-00001-of-00003.gguf` and so on. */
function splitPaths({ metadata, path: at }: GgufFile): readonly string[] {
  const count = metadata.get('split.count') ?? 1;
  if (count === 1 || count === 0) return [at];
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > MOST_FILES) {
    const required = `"split.count" of at most ${MOST_FILES} files`;
    throw new ReadError({ at, required, found: String(count) });
  }
  const digits = (number: number) => String(number).padStart(5, '0');
  const end = (number: number) => `-${digits(number)}-of-${digits(count)}.gguf`;
  if (!at.endsWith(end(1))) {
    throw new ReadError({ at, required: `the first of ${count} files, NAME${end(1)}`, found: basename(at) });
  }
  const stem = at.slice(0, -end(1).length);
  return Array.from({ length: count }, (_, index) => stem + end(index + 1));
}

/** Joins the files of a split model, the first of which has the metadata. */
function joined(first: GgufFile, files: readonly GgufFile[]): GgufFile {
  const holders = new Map<string, GgufFile>();
  for (const file of files) {
    for (const name of file.tensors.keys()) {
      const other = holders.get(name);
      if (other) {
        const found = `${other.path} and ${file.path}`;
        throw new ReadError({ at: tensorAt(first.path, name), required: 'one file that holds it', found });
      }
      holders.set(name, file);
    }
  }
  const tensors = new Map(files.flatMap(file => [...file.tensors]));
  return {
    path: first.path,
    metadata: first.metadata,
    tensors,
    read: async name => (holders.get(storedTensor(tensors, name, first.path).name) ?? first).read(name),
    close: async () => {
      await Promise.all(files.map(file => file.close()));
    },
  };
}
