import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { Block } from '../tokenize/index.ts';

/** Blocks of one length as tensors, on which a step trains. */
export interface Batch {
  /** int32 [B, T]. */
  ids: Tensor2D;
  /** int32 [B, T], the token at t + 1. */
  targets: Tensor2D;
  /** float32 [B, T], 1 where the loss counts. */
  lossMask: Tensor2D;
  /** int32 [B, T], the position of each token in its dialogue where rows hold several that do not see one another. */
  positions?: Tensor2D | undefined;
}

/** Loss on a batch, nats per supervised token, and its gradients by the names of the weights. */
export type LossGradients = { loss: Scalar; gradients: Record<string, Tensor> };

/** Tokens in memory at once by default. */
const MICRO_BATCH_TOKENS = 4096;

/**
 * Stacks blocks into a batch.
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
      `Cannot make a batch of ${rows} rows: blocks must be 1 to ${rows} of one length, got ${found}`,
    );
  }
  const ids = new Int32Array(rows * length);
  const targets = new Int32Array(rows * length);
  const lossMask = new Float32Array(rows * length);
  for (const [row, block] of blocks.entries()) {
    ids.set(block.ids, row * length);
    targets.set(block.targets, row * length);
    lossMask.set(block.lossMask, row * length);
  }
  const shape: [number, number] = [rows, length];
  const positions = batchPositions(blocks, rows * length);
  return {
    ids: tf.tensor2d(ids, shape, 'int32'),
    targets: tf.tensor2d(targets, shape, 'int32'),
    lossMask: tf.tensor2d(lossMask, shape),
    ...(positions && { positions: tf.tensor2d(positions, shape, 'int32') }),
  };
}

/** Returns the positions of all rows, one after the other; `undefined` if no block states its own. */
function batchPositions(blocks: readonly Block[], size: number): Int32Array | undefined {
  const length = blocks[0]?.ids.length ?? 0;
  if (!blocks.some(({ positions }) => positions)) return undefined;
  const all = Int32Array.from({ length: size }, (_, i) => i % length);
  for (const [row, { positions }] of blocks.entries()) if (positions) all.set(positions, row * length);
  return all;
}

/** Tensors of a batch in the order in which compiled steps take them, with its positions where it has some. */
export type BatchTensors = readonly [
  ids: Tensor2D,
  targets: Tensor2D,
  lossMask: Tensor2D,
  ...positions: Tensor2D[],
];

/** Returns the tensors of a batch as arguments: one without positions has one less. */
export function tensorsOf({ ids, targets, lossMask, positions }: Batch): BatchTensors {
  return positions ? [ids, targets, lossMask, positions] : [ids, targets, lossMask];
}

/** Counts the tokens in blocks over which the loss is a mean. */
export function countLossTokens(blocks: readonly Block[]): number {
  let count = 0;
  for (const { lossMask } of blocks) for (const counts of lossMask) count += counts;
  return count;
}

/** Number of blocks that are computed at once by default: as many as hold 4,096 tokens, at least one. */
export function defaultMicroBatchSize(blocks: readonly Block[]): number {
  const length = blocks[0]?.ids.length ?? 1;
  return Math.max(1, Math.min(blocks.length, Math.floor(MICRO_BATCH_TOKENS / length)));
}
