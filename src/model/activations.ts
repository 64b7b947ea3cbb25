import * as tf from '@tensorflow/tfjs';

/**
 * GELU in the approximation by tanh that GPT-2 was trained with, x · (1 + tanh u) / 2. That is x · σ(2u), which
 * takes fewer ops.
 *
 * @see Hendrycks & Gimpel 2016
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  const cubic = tf.mul(tf.mul(tf.square(x), x), 0.044715);
  return tf.mul(x, tf.sigmoid(tf.mul(tf.add(x, cubic), 2 * Math.sqrt(2 / Math.PI))));
}

/** SwiGLU: up · gate · σ(gate). */
export function swiGlu<T extends tf.Tensor>(gate: T, up: T): T {
  return tf.mul(tf.mul(gate, tf.sigmoid(gate)), up);
}
