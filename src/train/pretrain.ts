import { tf } from '../compute/index.ts';
import { contextLength, initialise, type ModelConfig } from '../model/index.ts';
import { BLOCK_LENGTH, type Block, packTokens } from '../tokenize/index.ts';
import { runTraining } from './finetune.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import type { TrainingResult } from './training-result.ts';

/** Options of {@link pretrain}. */
export interface PretrainOptions extends FinetuneOptions {
  /** Tokens in a block if the data are tokens, unless the model's context is less; default 2,048. */
  sequenceLength?: number;
}

/**
 * Trains a model from scratch: `initialise` with the seed, then the training of `finetune`.
 *
 * @param data blocks; or tokens, such as documents one after the other with a token that ends each, which all count in
 *   the loss.
 * @throws as `finetune` does.
 * @example
 * // Given config, ids.
 * const options = { learningRate: 3e-4, epochs: 4, sequenceLength: 128, folder: 'runs/scratch' };
 * const { model } = await pretrain(config, ids, options);
 */
export async function pretrain(
  config: ModelConfig,
  data: readonly Block[] | ArrayLike<number>,
  { sequenceLength = BLOCK_LENGTH, ...options }: PretrainOptions,
): Promise<TrainingResult> {
  const blocks = isBlocks(data) ? data : packTokens(data, Math.min(sequenceLength, contextLength(config)));
  const weights = initialise(config, options.seed ?? 0);
  try {
    return await runTraining('pretrain', { config, weights }, blocks, options);
  } finally {
    tf.dispose(weights);
  }
}

function isBlocks(data: readonly Block[] | ArrayLike<number>): data is readonly Block[] {
  return typeof data[0] === 'object';
}
