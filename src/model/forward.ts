import * as tf from '@tensorflow/tfjs';
import type { ModelConfig } from './config.ts';
import { gpt2 } from './gpt2.ts';
import { llama } from './llama.ts';
import { type Drop, dropNothing, type Network, type Weights } from './network.ts';

/** The model of a config, taken apart. */
export function network(config: ModelConfig): Network {
  return config.architecture === 'gpt2' ? gpt2(config) : llama(config);
}

/**
 * The logits of every next token, each position seeing itself and those before it. Differentiable in the weights,
 * on any backend.
 *
 * @param weights by the names of `network(config).shapes`.
 * @param ids int32 [B, T], tokens below the vocabulary.
 * @param options.drop what is dropped out, in training; default nothing.
 * @returns float32 [B, T, V], unnormalised; at position t they are about the token at t + 1.
 * @throws {RangeError} if T exceeds the model's context, or a weight is missing.
 */
export function forward(
  config: ModelConfig,
  weights: Weights,
  ids: tf.Tensor2D,
  { drop = dropNothing }: { drop?: Drop } = {},
): tf.Tensor3D {
  const length = ids.shape[1];
  requireLength(config, length);
  const { embed, places, block, logits } = network(config);
  return tf.tidy(() => {
    const shared = { ...places(length), drop };
    let x = drop(embed(weights, ids), 'hidden', 'embedding');
    for (let layer = 0; layer < config.layers; layer++) x = block(weights, layer, x, shared);
    return logits(weights, x);
  });
}

/** @throws {RangeError} if the model's context does not hold so many tokens. */
export function requireLength({ maxPositions }: ModelConfig, length: number): void {
  if (length <= maxPositions) return;
  throw new RangeError(`Cannot run the model on ${length} tokens: its context holds ${maxPositions}`);
}
