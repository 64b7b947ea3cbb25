import * as tf from '@tensorflow/tfjs';

/** What is added to the scores of positions that must not be seen; after softmax nothing is left of them. */
const UNSEEN = -1e9;

/**
 * What is added to attention scores so that a position sees itself and those before it: 0 there, else -1e9.
 *
 * @returns float32 [T, T].
 */
export function causalBias(length: number): tf.Tensor2D {
  const positions = tf.range(0, length);
  const later = tf.greater(tf.reshape(positions, [1, length]), tf.reshape(positions, [length, 1]));
  return tf.mul(tf.cast(later, 'float32'), UNSEEN);
}

/** Puts heads before positions, or back: [B, T, K, D] to [B, K, T, D]. */
export function headsFirst(x: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(x, [0, 2, 1, 3]);
}

/**
 * Scaled dot-product attention of grouped heads: K heads of keys and values, each for H / K heads of queries.
 *
 * @param queries float32 [B, T, H, D].
 * @param keys float32 [B, K, S, D].
 * @param values float32 [B, K, S, D].
 * @param bias float32 [T, S] or [B, 1, T, S], added to the scores of every head.
 * @param drop what becomes of the shares that each query gives to the keys, in training.
 * @returns float32 [B, T, H · D].
 * @see Ainslie et al. 2023, GQA
 */
export function attention(
  queries: tf.Tensor4D,
  keys: tf.Tensor4D,
  values: tf.Tensor4D,
  bias: tf.Tensor,
  drop = (shares: tf.Tensor): tf.Tensor => shares,
): tf.Tensor3D {
  const [batch, length, heads, width] = queries.shape;
  const [, keyHeads, seen] = keys.shape;
  const group = heads / keyHeads;
  // The queries of a group stand one after the other, so that one product serves them and no key is copied.
  const grouped = tf.transpose(tf.reshape(queries, [batch, length, keyHeads, group, width]), [0, 2, 3, 1, 4]);
  const asked = tf.reshape(tf.mul(grouped, 1 / Math.sqrt(width)), [batch, keyHeads, group * length, width]);
  const scores = tf.matMul(asked, keys, false, true);
  const biased = tf.add(tf.reshape(scores, [batch, heads, length, seen]), bias);
  const shares = tf.reshape(drop(tf.softmax(biased)), [batch, keyHeads, group * length, seen]);
  const answers = tf.matMul(shares, values);
  const byPosition = tf.transpose(
    tf.reshape(answers, [batch, keyHeads, group, length, width]),
    [0, 3, 1, 2, 4],
  );
  return tf.reshape(byPosition, [batch, length, heads * width]);
}
