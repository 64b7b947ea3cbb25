import { copyFile, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readGgufHeader, writeFileAtomic } from '../files/index.ts';
import {
  openStoredModel,
  savedConfig,
  stringifyConfig,
  toHuggingFace,
  type WriteOptions,
  withTorchType,
  writeSafetensors,
} from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { folderLease, type Lease, type OnProgress, withLease } from '../runs/index.ts';
import { type FolderFiles, ggufTokenizerFiles, tokenIds } from './gguf-tokenizer-files.ts';
import { keptFiles } from './kept-files.ts';
import { weightsInTurn } from './weights-in-turn.ts';

/** Options of {@link convertModel}. */
export interface ConvertOptions {
  /** The elements' type; default `F32`. Rounds to the nearest, ties to even. */
  type?: NonNullable<WriteOptions['type']> | undefined;
  /** Bytes of weights from which on a file is split; default never. */
  maxShardBytes?: number | undefined;
  /** Stops between two weights; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of written weights, of all. */
  onProgress?: OnProgress | undefined;
}

const CONFIG = 'config.json';

/**
 * Writes a model as a folder that Transformers loads: config, weights, tokenizer, chat template and how it generates.
 * Weights go one by one, so that no more than the largest is in memory.
 *
 * @param from a `.gguf` file, which is dequantised; or a folder in Hugging Face's layout.
 * @param to a folder; made if there is none, and files of the same names in it are replaced.
 * @returns the paths of the files.
 * @throws {ReadError} if a file is not what its format allows, or the model of a kind that is not computed here.
 * @throws {Error} if the two are the same folder, the tokenizer has no counterpart there, or another process writes there.
 * @example
 * await convertModel('SmolLM2-135M-Instruct.Q4_1.gguf', 'models/smollm2', { type: 'BF16' })
 */
export async function convertModel(
  from: string,
  to: string,
  options: ConvertOptions = {},
): Promise<string[]> {
  const { signal = runningSignal() } = options;
  await mkdir(to, { recursive: true });
  if ((await realpath(from)) === (await realpath(to)))
    throw new Error(`Cannot convert ${from}: another folder is required to write to, found the same`);
  return withLease(folderLease(to), { task: 'convert', signal }, lease => convert(from, to, options, lease));
}

async function convert(
  from: string,
  to: string,
  { type = 'F32', maxShardBytes = Infinity, onProgress }: ConvertOptions,
  lease: Lease,
): Promise<string[]> {
  const stored = await openStoredModel(from);
  try {
    const gguf = from.endsWith('.gguf') ? (await readGgufHeader(from)).metadata : undefined;
    const stated = gguf
      ? { ...toHuggingFace(stored.config), ...tokenIds(gguf) }
      : savedConfig(stored.config, stored.form.config, type);
    const files: FolderFiles = {
      [CONFIG]: stringifyConfig(withTorchType(stated, type)),
      ...(gguf ? ggufTokenizerFiles(gguf) : {}),
    };
    const { sources, finish } = weightsInTurn(stored, from, lease, onProgress);
    const weights = await writeSafetensors(to, sources, { type, maxShardBytes });
    finish();
    await lease.confirm();
    const kept = gguf ? [] : await keptFiles(from);
    for (const name of kept) await copyFile(join(from, name), join(to, name));
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
      await writeFileAtomic(join(to, name), text);
    }
    return [...weights, ...[...kept, ...Object.keys(files)].map(name => join(to, name))];
  } finally {
    await stored.close();
  }
}
