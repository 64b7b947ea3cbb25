import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { softcapped } from './softcap.ts';

/** Added to the scores of positions that are not attended to; after softmax nothing is left of them. */
const MASKED = -1e9;

/** Returns float32 0 where a position is attended to, -1e9 where the bool tensor is true. */
export function attentionMask(masked: Tensor): Tensor {
  return tf.mul(tf.cast(masked, 'float32'), MASKED);
}

/**
 * Returns the mask by which each position attends to itself and those before it, float32 [T, T].
 *
 * @param window number of positions that it attends to, itself among them; default all.
 */
export function causalMask(length: number, window = length): Tensor {
  const positions = tf.range(0, length);
  const [keys, queries] = [tf.reshape(positions, [1, length]), tf.reshape(positions, [length, 1])];
  const later = tf.greater(keys, queries);
  return attentionMask(window < length ? tf.logicalOr(later, beyondWindow(queries, keys, window)) : later);
}

/**
 * Finds what a token of packed sequences does not attend to: what comes after it in the row, and what comes before
 * the start of its sequence.
 *
 * @param positions of tokens in their sequences, int32 [B, T].
 * @returns bool [B, 1, T, T].
 */
export function outsideSequence(positions: Tensor2D): Tensor {
  const [batch, length] = positions.shape;
  const indices = tf.range(0, length, 1, 'int32');
  const starts = tf.reshape(startsOf(positions), [batch, 1, length, 1]);
  const keys = tf.reshape(indices, [1, 1, 1, length]);
  const queries = tf.reshape(indices, [1, 1, length, 1]);
  return tf.logicalOr(tf.greater(keys, queries), tf.less(keys, starts));
}

/** Computes the place in its row at which each token's sequence starts, int32 [B, T]. */
function startsOf(positions: Tensor2D): Tensor2D {
  return tf.sub(tf.range(0, positions.shape[1], 1, 'int32'), positions);
}

/**
 * Computes the length of the sequence that each token of packed sequences is in.
 *
 * @param positions of tokens in their sequences, int32 [B, T].
 * @returns int32 [B, T].
 */
export function sequenceLengths(positions: Tensor2D): Tensor2D {
  const [batch, length] = positions.shape;
  const starts = startsOf(positions);
  const own = tf.equal(tf.reshape(starts, [batch, length, 1]), tf.reshape(starts, [batch, 1, length]));
  const last = tf.mul(tf.cast(own, 'int32'), tf.reshape(positions, [batch, 1, length]));
  return tf.add(tf.max(last, 2), tf.scalar(1, 'int32'));
}

/** Finds the keys that lie so far before a query that they are outside of its window: bool of the broadcast shape. */
export function beyondWindow(queries: Tensor, keys: Tensor, window: number): Tensor {
  return tf.greaterEqual(tf.sub(queries, keys), tf.scalar(window, queries.dtype));
}

/** Puts heads before positions: [B, T, K, D] to [B, K, T, D]. */
export function headsFirst(x: Tensor4D): Tensor4D {
  return tf.transpose(x, [0, 2, 1, 3]);
}

/** Options of {@link attention}. */
export interface AttentionOptions {
  /** Factor of the scores; default 1/√D. */
  scale?: number | undefined;
  /** Bound that a hyperbolic tangent keeps the scores within; default none. */
  softcap?: number | undefined;
  /** Applies dropout to the attention weights, in training; default none. */
  dropout?: (attnWeights: Tensor4D) => Tensor4D;
}

/**
 * Computes scaled dot-product attention of grouped heads: K heads of keys and values, each for H / K query heads.
 *
 * @param q float32 [B, T, H, D].
 * @param k float32 [B, K, S, D].
 * @param v float32 [B, K, S, D].
 * @param mask float32 [T, S] or [B, 1, T, S], added to the scores of every head.
 * @returns float32 [B, T, H · D].
 * @see Ainslie et al. 2023, GQA
 */
export function attention(
  q: Tensor4D,
  k: Tensor4D,
  v: Tensor4D,
  mask: Tensor,
  options: AttentionOptions = {},
): Tensor3D {
  const [batch, length, heads, headDim] = q.shape;
  const { scale = 1 / Math.sqrt(headDim), softcap, dropout = weights => weights } = options;
  const [, kvHeads, seen] = k.shape;
  const group = heads / kvHeads;
  // One product serves all queries of a group, and no key is copied: [B, T, H, D] to [B, K, G, T, D].
  const grouped = tf.transpose(tf.reshape(q, [batch, length, kvHeads, group, headDim]), [0, 2, 3, 1, 4]);
  const scaled = tf.reshape(tf.mul(grouped, scale), [batch, kvHeads, group * length, headDim]);
  const scores = softcapped(tf.matMul(scaled, k, false, true), softcap); // [B, K, G · T, S]
  const masked: Tensor4D = tf.add(tf.reshape(scores, [batch, heads, length, seen]), mask); // [B, H, T, S]
  const attnWeights = tf.reshape(dropout(tf.softmax(masked)), [batch, kvHeads, group * length, seen]);
  const context = tf.reshape(tf.matMul(attnWeights, v), [batch, kvHeads, group, length, headDim]);
  return tf.reshape(tf.transpose(context, [0, 3, 1, 2, 4]), [batch, length, heads * headDim]);
}
