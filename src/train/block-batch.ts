import * as tf from '@tensorflow/tfjs';
import type { Block } from '../tokenize/index.ts';
import type { Batch } from './batch.ts';

/**
 * Blocks side by side, as a step reads them.
 *
 * @param rows rows of the batch; those that no block fills are masked out, so that one shape serves every step and
 *   is compiled once.
 * @returns tensors [rows, T] for the caller to dispose.
 * @throws {RangeError} if the blocks differ in length, or there are none, or more than rows.
 */
export function blockBatch(blocks: readonly Block[], rows: number = blocks.length): Batch {
  const length = blocks[0]?.ids.length ?? 0;
  if (blocks.length < 1 || blocks.length > rows || blocks.some(({ ids }) => ids.length !== length)) {
    const found = blocks.map(({ ids }) => ids.length).join(', ') || 'none';
    throw new RangeError(
      `Cannot make a batch of ${rows} rows: 1 to ${rows} blocks of one length are required, found ${found}`,
    );
  }
  const ids = new Int32Array(rows * length);
  const targets = new Int32Array(rows * length);
  const mask = new Float32Array(rows * length);
  for (const [row, block] of blocks.entries()) {
    ids.set(block.ids, row * length);
    targets.set(block.targets, row * length);
    mask.set(block.lossMask, row * length);
  }
  const shape: [number, number] = [rows, length];
  return {
    ids: tf.tensor2d(ids, shape, 'int32'),
    targets: tf.tensor2d(targets, shape, 'int32'),
    mask: tf.tensor2d(mask, shape),
  };
}

/** Number of tokens in blocks that are learned. */
export function countLossTokens(blocks: readonly Block[]): number {
  let count = 0;
  for (const { lossMask } of blocks) for (const counts of lossMask) count += counts;
  return count;
}
