import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { architectureOf } from './architectures/index.ts';
import { attentionMask, beyondWindow, causalMask, outsideSequence, sequenceLengths } from './attention.ts';
import type { ModelConfig } from './config.ts';
import { contextLength } from './context-length.ts';
import { decoderNetwork } from './decoder/network.ts';
import { type BlockInputs, type Dropout, type Network, noDropout, type Weights } from './network.ts';

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
  const { window, rope, slidingRope } = network(config);
  const full = { mask: causalMask(length), rope: rope?.alone(length) };
  if (window === undefined) return full;
  const mask = window < length ? causalMask(length, window) : full.mask;
  return { ...full, sliding: { mask, rope: slidingRope === rope ? full.rope : slidingRope?.alone(length) } };
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
  const lengths = ropeVariant(parts, length) > 0 ? sequenceLengths(positions) : undefined;
  const masked = outsideSequence(positions);
  return positionedInputs(parts, rotaryTables(parts, length), { positions, lengths, masked });
}

/** Positions of tokens and of what they may attend to. */
export interface AttendedPositions {
  /** Positions of the tokens in their sequences, int32 [B, T], within the model's context. */
  positions: Tensor2D;
  /** Lengths of the sequences that they are in, int32 [B, T] or [B, 1]; default all have one rotary embedding. */
  lengths?: Tensor2D | undefined;
  /** Positions of all that attention looks at, int32 [B, S]; default those of the tokens. */
  keyPositions?: Tensor2D | undefined;
  /** Bool [B, 1, T, S], or a shape that broadcasts to it: true where a token does not attend to another. */
  masked: Tensor;
}

/** Returns the number of the variant of rotary embedding that sequences of a length have; 0 where all have one. */
export function ropeVariant({ rope, slidingRope }: Network, length: number): number {
  return Math.max(rope?.variantOf(length) ?? 0, slidingRope?.variantOf(length) ?? 0);
}

/** Computes the table of each rotary embedding of a model, for sequences of up to T tokens side by side. */
export function rotaryTables({ rope, slidingRope }: Network, length: number): readonly Tensor[] {
  const each = slidingRope === rope ? [rope] : [rope, slidingRope];
  return each.flatMap(embedding => (embedding ? [embedding.table(length)] : []));
}

/**
 * Returns the inputs of blocks for tokens at any positions.
 *
 * @param tables from {@link rotaryTables}.
 */
export function positionedInputs(
  { window, rope, slidingRope }: Network,
  [table, slidingTable = table]: readonly Tensor[],
  { positions, lengths, keyPositions = positions, masked }: AttendedPositions,
): BlockInputs {
  const full = { mask: attentionMask(masked), rope: table && rope?.at(table, positions, lengths) };
  if (window === undefined) return full;
  const [batch, length] = positions.shape;
  const queries = tf.reshape(positions, [batch, 1, length, 1]);
  const keys = tf.reshape(keyPositions, [keyPositions.shape[0], 1, 1, keyPositions.shape[1]]);
  const outside = tf.logicalOr(masked, beyondWindow(queries, keys, window));
  const slidingTables =
    slidingTable === table ? full.rope : slidingTable && slidingRope?.at(slidingTable, positions, lengths);
  return { ...full, sliding: { mask: attentionMask(outside), rope: slidingTables } };
}

/** @throws {RangeError} if a sequence is longer than the model's context. */
export function requireLength(config: ModelConfig, length: number): void {
  const most = contextLength(config);
  if (length <= most) return;
  throw new RangeError(`Cannot run the model on ${length} tokens: its context holds ${most}`);
}
