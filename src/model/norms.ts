import * as tf from '@tensorflow/tfjs';

/**
 * Layer norm over the last dimension: mean 0 and variance 1, then scaled and shifted.
 *
 * @param x float32 [..., D].
 * @param scale float32 [D].
 * @param shift float32 [D].
 */
export function layerNorm<T extends tf.Tensor>(x: T, scale: tf.Tensor, shift: tf.Tensor, epsilon: number): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), scale), shift);
}

/**
 * RMS norm over the last dimension: mean square 1, then scaled.
 *
 * @param x float32 [..., D].
 * @param scale float32 [D].
 * @see Zhang & Sennrich 2019
 */
export function rmsNorm<T extends tf.Tensor>(x: T, scale: tf.Tensor, epsilon: number): T {
  const meanSquare = tf.mean(tf.square(x), -1, true);
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(meanSquare, epsilon))), scale);
}
