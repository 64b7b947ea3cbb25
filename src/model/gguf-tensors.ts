import { ReadError } from '../readers/index.ts';
import type { GgufFile } from './open-gguf.ts';

/**
 * Returns the name in GGUF files of a block's weight; undefined where the weight is in no block.
 *
 * @param name in Hugging Face's checkpoints, such as `model.layers.0.mlp.up_proj.weight`.
 * @param parts names in GGUF files of the block's parts.
 */
export function ggufBlockName(name: string, parts: Readonly<Record<string, string>>): string | undefined {
  const [, layer, part = '', kind] = /^\w+\.\w+\.(\d+)\.(.+)\.(\w+)$/.exec(name) ?? [];
  return layer === undefined ? undefined : `blk.${layer}.${parts[part] ?? part}.${kind}`;
}

/**
 * Returns the number of rows of a GGUF file's token embedding.
 *
 * @throws {ReadError} if there is none.
 */
export function ggufVocabSize(file: GgufFile): number {
  const rows = file.tensors.get('token_embd.weight')?.shape[0];
  if (rows !== undefined) return rows;
  throw new ReadError({ at: file.path, required: 'a tensor "token_embd.weight"', found: 'none' });
}
