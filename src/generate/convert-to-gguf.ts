import { basename, resolve } from 'node:path';
import { readGgufHeader } from '../files/index.ts';
import {
  type GgufEntry,
  type GgufMetadata,
  type GgufTensor,
  type GgufType,
  ggufContents,
  openStoredModel,
  writeGguf,
} from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { fileLease, type Lease, type OnProgress, withLease } from '../runs/index.ts';
import { ggufTokenizerMetadata } from './gguf-tokenizer-metadata.ts';
import { weightsInTurn } from './weights-in-turn.ts';

/** Options of {@link convertToGguf}. */
export interface GgufOptions {
  /** Type of the matrices' elements; default `F16`. Norms and biases are float32, as llama.cpp wants them. */
  type?: GgufType | undefined;
  /** Stops between two weights; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of written weights, of all. */
  onProgress?: OnProgress | undefined;
}

/** Numbers under `general.file_type`. */
const FILE_TYPES = { F32: 0, F16: 1, Q8_0: 7, BF16: 32 } as const satisfies Record<GgufType, number>;

/**
 * Writes a model as a GGUF file, for llama.cpp and what is built on it, such as Ollama: weights, tokenizer and chat
 * template. Weights go one by one, so that no more than the largest is in memory.
 *
 * @param from a folder in Hugging Face's layout; or a `.gguf` file, which is dequantised.
 * @param to the file; it is replaced once the new one is whole.
 * @throws {ReadError} if a file is not what its format allows, or the model of a kind that is not computed here.
 * @throws {Error} if llama.cpp computes no such model, or knows no such tokenizer; if the two are the same file, or
 *   another process writes it.
 * @example
 * await convertToGguf('checkpoints/smollm2', 'smollm2.gguf', { type: 'Q8_0' })
 */
export async function convertToGguf(from: string, to: string, options: GgufOptions = {}): Promise<void> {
  const { signal = runningSignal() } = options;
  if (resolve(from) === resolve(to))
    throw new Error(`Cannot convert ${from}: another file is required to write to, found the same`);
  await withLease(fileLease(to), { task: 'convert', signal }, lease => convert(from, to, options, lease));
}

async function convert(
  from: string,
  to: string,
  { type = 'F16', onProgress }: GgufOptions,
  lease: Lease,
): Promise<void> {
  const stored = await openStoredModel(from);
  try {
    const { architecture, metadata, tensors, place } = await ggufContents(stored.config);
    const { sources, finish } = weightsInTurn(stored, from, lease, onProgress);
    const weights = sources.map(({ name, shape, values }): GgufTensor => {
      const { store, ...placed } = place(name, shape);
      return {
        name: placed.name,
        shape: placed.shape,
        type: typeOf(placed, type),
        values: async () => (store ? store(await values()) : values()),
      };
    });
    const general: GgufMetadata = {
      'general.architecture': { type: 'text', value: architecture },
      'general.name': { type: 'text', value: basename(from).replace(/\.gguf$/, '') },
      'general.file_type': { type: 'uint32', value: FILE_TYPES[type] },
      'general.quantization_version': { type: 'uint32', value: 2 },
    };
    const tokenizer = from.endsWith('.gguf')
      ? await keptTokenizer(from)
      : await ggufTokenizerMetadata(from, stored.config.vocabSize);
    await writeGguf(to, { ...general, ...metadata, ...tokenizer }, [...weights, ...tensors]);
    finish();
  } finally {
    await stored.close();
  }
}

/** Returns the type in which a weight is written: lists and positions are float32, rows that no block fits float16. */
function typeOf({ name, shape }: { name: string; shape: readonly number[] }, type: GgufType): GgufType {
  if (shape.length < 2 || name === 'position_embd.weight') return 'F32';
  return type === 'Q8_0' && (shape.at(-1) ?? 0) % 32 !== 0 ? 'F16' : type;
}

/** Reads what a GGUF file states of its tokenizer. */
async function keptTokenizer(path: string): Promise<GgufMetadata> {
  const { metadata } = await readGgufHeader(path);
  return Object.fromEntries(
    [...metadata].flatMap(([key, value]): [string, GgufEntry][] =>
      key.startsWith('tokenizer.') ? [[key, entryOf(key, value)]] : [],
    ),
  );
}

function entryOf(key: string, value: unknown): GgufEntry {
  if (typeof value === 'string') return { type: 'text', value };
  if (typeof value === 'boolean') return { type: 'truth', value };
  if (typeof value === 'number') return { type: 'uint32', value };
  if (value instanceof Float32Array) return { type: 'float32', value: Array.from(value) };
  if (value instanceof Int32Array) return { type: 'int32', value: Array.from(value) };
  if (value instanceof Uint32Array) return { type: 'uint32', value: Array.from(value) };
  if (Array.isArray(value)) return { type: 'text', value: value.map(String) };
  throw new Error(
    `Cannot write the tokenizer as GGUF: ${JSON.stringify(key)} has a type that is not written`,
  );
}
