import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { architectureOf } from './architectures/index.ts';
import { attentionMask, beyondWindow, causalMask, outsideSequence, sequenceLengths } from './attention.ts';
import type { ModelConfig } from './config.ts';
import { decoderNetwork } from './decoder/network.ts';
import {
  type BlockInputs,
  type Dropout,
  type LayerRopes,
  type Network,
  noDropout,
  type RopeTables,
  type Weights,
} from './network.ts';

/** Returns the parts of the model of a config. */
export function network(config: ModelConfig): Network {
  return decoderNetwork(config, architectureOf(config).decoder(config));
}

/** Options of {@link forward}. */
export interface ForwardOptions {
  dropout?: Dropout | undefined;
  positions?: Tensor2D | undefined;
}

/**
 * Computes the logits of every next token, each position attending to itself and those before it. Differentiable in the
 * weights, on any backend.
 *
 * @param weights by the names of {@link weightShapes}.
 * @param ids int32 [B, T], tokens below the vocabulary's size.
 * @param options.dropout in training; default none.
 * @param options.positions of sequences packed into rows; see {@link sequenceInputs}.
 * @returns float32 [B, T, V], unnormalised; at position t they are of the token at t + 1.
 * @throws {RangeError} if T exceeds the model's context, or a weight is missing.
 */
export function forward(
  config: ModelConfig,
  weights: Weights,
  ids: Tensor2D,
  { dropout = noDropout, positions }: ForwardOptions = {},
): Tensor3D {
  const length = ids.shape[1];
  requireLength(config, length);
  return tf.tidy(() => {
    const inputs = sequenceInputs(config, length, positions);
    const x = hiddenStates(config, weights, ids, { ...inputs, positions, dropout });
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
function causalInputs(config: ModelConfig, length: number): BlockInputs {
  const { window, ropes } = network(config);
  const { full, sliding } = ropes(length);
  const mask = causalMask(length);
  if (window === undefined) return { mask, rope: full };
  const slidingMask = window < length ? causalMask(length, window) : mask;
  return { mask, rope: full, sliding: { mask: slidingMask, rope: sliding } };
}

/**
 * Returns the inputs of blocks by which each token attends to itself and those before it in its sequence.
 *
 * @param positions of each token in its sequence, int32 [B, T], where rows hold several sequences: a position that is
 *   not one more than that before it begins another. Default one sequence a row.
 */
export function sequenceInputs(
  config: ModelConfig,
  length: number,
  positions: Tensor2D | undefined,
): BlockInputs {
  if (!positions) return causalInputs(config, length);
  const parts = network(config);
  const { ropeLimit = Number.POSITIVE_INFINITY } = parts;
  const masked = outsideSequence(positions);
  if (length <= ropeLimit) return positionedInputs(parts, parts.ropes(length), { positions, masked });
  const lengths = sequenceLengths(positions);
  return positionedInputs(parts, parts.ropesOfAll(length), { positions, lengths, masked });
}

/** Positions of tokens and of what they may attend to. */
export interface AttendedPositions {
  /** Positions of the tokens in their sequences, int32 [B, T], below the model's context. */
  positions: Tensor2D;
  /** Lengths of the sequences that they are in, int32 [B, T] or [B, 1]; required with {@link Network.ropesOfAll}. */
  lengths?: Tensor2D | undefined;
  /** Positions of all that attention looks at, int32 [B, S]; default those of the tokens. */
  keyPositions?: Tensor2D | undefined;
  /** Bool [B, 1, T, S], or a shape that broadcasts to it: true where a token does not attend to another. */
  masked: Tensor;
}

/**
 * Returns the inputs of blocks for tokens at any positions.
 *
 * @param ropes of as many positions as the highest at least: {@link Network.ropesOfAll}, or {@link Network.ropes} where all
 *   sequences are short.
 */
export function positionedInputs(
  { window, ropeLimit }: Network,
  { full, sliding }: LayerRopes,
  { positions, lengths, keyPositions = positions, masked }: AttendedPositions,
): BlockInputs {
  const at = (tables: RopeTables | undefined): RopeTables | undefined => {
    if (!tables) return undefined;
    const rows =
      lengths && ropeLimit !== undefined ? stackedRows(tables, positions, lengths, ropeLimit) : positions;
    return { cos: tf.gather(tables.cos, rows), sin: tf.gather(tables.sin, rows) };
  };
  const rope = at(full);
  const inputs = { mask: attentionMask(masked), rope };
  if (window === undefined) return inputs;
  const [batch, length] = positions.shape;
  const queries = tf.reshape(positions, [batch, 1, length, 1]);
  const keys = tf.reshape(keyPositions, [keyPositions.shape[0], 1, 1, keyPositions.shape[1]]);
  const outside = tf.logicalOr(masked, beyondWindow(queries, keys, window));
  const slidingRope = sliding === full ? rope : at(sliding);
  return { ...inputs, sliding: { mask: attentionMask(outside), rope: slidingRope } };
}

/** Finds the rows of positions in stacked tables, int32 [B, T]: in the second half for sequences beyond the limit. */
function stackedRows({ cos }: RopeTables, positions: Tensor2D, lengths: Tensor2D, limit: number): Tensor2D {
  const isLong = tf.cast(tf.greater(lengths, tf.scalar(limit, 'int32')), 'int32');
  return tf.add(positions, tf.mul(isLong, tf.scalar((cos.shape[0] ?? 0) / 2, 'int32')));
}

/** @throws {RangeError} if a sequence is longer than the model's context. */
export function requireLength(config: ModelConfig, length: number): void {
  if (length <= config.maxPositions) return;
  throw new RangeError(`Cannot run the model on ${length} tokens: ${contextLimit(config)}`);
}

/** Describes how many tokens a model's context holds, and why a rotary embedding that would scale beyond it does not. */
export function contextLimit(config: ModelConfig): string {
  const { rope } = architectureOf(config).decoder(config).attention;
  const unscaled = ', and "dynamic" scaling of the rotary embedding beyond it is not computed';
  return `its context holds ${config.maxPositions}${rope?.scaling?.type === 'dynamic' ? unscaled : ''}`;
}
