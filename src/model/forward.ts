import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { architectureOf } from './architectures/index.ts';
import { causalMask } from './attention.ts';
import type { ModelConfig } from './config.ts';
import { type BlockInputs, type Dropout, type Network, noDropout, type Weights } from './network.ts';

/** Returns the parts of the model of a config. */
export function network(config: ModelConfig): Network {
  return architectureOf(config).network(config);
}

/**
 * Computes the logits of every next token, each position attending to itself and those before it. Differentiable in the
 * weights, on any backend.
 *
 * @param weights by the names of {@link weightShapes}.
 * @param ids int32 [B, T], tokens below the vocabulary's size.
 * @param options.dropout in training; default none.
 * @returns float32 [B, T, V], unnormalised; at position t they are of the token at t + 1.
 * @throws {RangeError} if T exceeds the model's context, or a weight is missing.
 */
export function forward(
  config: ModelConfig,
  weights: Weights,
  ids: Tensor2D,
  { dropout = noDropout }: { dropout?: Dropout | undefined } = {},
): Tensor3D {
  const length = ids.shape[1];
  requireLength(config, length);
  return tf.tidy(() => {
    const x = hiddenStates(config, weights, ids, { ...causalInputs(config, length), dropout });
    return network(config).logits(weights, x);
  });
}

/**
 * Computes the residual stream behind the last block.
 *
 * @param ids int32 [B, T].
 * @param inputs.positions int32 [B, T]; default 0 to T - 1 in every row.
 * @returns float32 [B, T, C].
 */
export function hiddenStates(
  config: ModelConfig,
  weights: Weights,
  ids: Tensor2D,
  { positions, ...inputs }: BlockInputs & { positions?: Tensor2D | undefined },
): Tensor3D {
  const { dropout = noDropout } = inputs;
  const embedded = dropout(network(config).embed(weights, ids, positions), 'hidden', 'embedding');
  return blocks(config, weights, inputs).reduce((x, block) => block(x), embedded);
}

/** Returns the blocks of a model in order, each a function of the residual stream, float32 [B, T, C]. */
export function blocks(
  config: ModelConfig,
  weights: Weights,
  inputs: BlockInputs,
): ((x: Tensor3D) => Tensor3D)[] {
  const { block } = network(config);
  return Array.from({ length: config.layers }, (_, layer) => x => block(weights, layer, x, inputs));
}

/** Returns the inputs of blocks by which positions 0 to T - 1 each attend to themselves and those before. */
export function causalInputs(config: ModelConfig, length: number): BlockInputs {
  return { mask: causalMask(length), rope: network(config).rope?.(length) };
}

/** @throws {RangeError} if a sequence is longer than the model's context. */
export function requireLength({ maxPositions }: ModelConfig, length: number): void {
  if (length <= maxPositions) return;
  throw new RangeError(`Cannot run the model on ${length} tokens: its context holds ${maxPositions}`);
}
