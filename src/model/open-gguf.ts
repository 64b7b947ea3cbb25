import type { ByteSource } from './gguf-cursor.ts';
import { type GgufValue, parseGgufHeader } from './gguf-header.ts';
import { type InputFile, openInput } from './input-file.ts';
import { readTensor, storedTensor, type WeightFile } from './stored-tensor.ts';

/** A GGUF file, opened; the data of its tensors are not in memory. */
export interface GgufFile extends WeightFile {
  /** Metadata of the file: architecture, sizes, vocabulary, chat template. */
  metadata: ReadonlyMap<string, GgufValue>;
}

/**
 * Opens a GGUF file and reads the header before the data; each tensor is read, and dequantised to float32, when it is
 * asked for. Shapes are given outermost first, as everywhere else.
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

/** Bytes read ahead: a header is read in hundreds of thousands of small steps. */
const WINDOW = 2 ** 20;

/** Reads the file's bytes a window at a time. */
function windowed({ path, size, fillNow }: InputFile): ByteSource {
  let window = new Uint8Array(0);
  let start = 0;
  return {
    path,
    size,
    bytes(offset, count) {
      if (offset < start || offset + count > start + window.length) {
        window = new Uint8Array(Math.min(Math.max(count, WINDOW), size - offset));
        start = offset;
        fillNow(window, start);
      }
      return window.subarray(offset - start, offset - start + count);
    },
  };
}
