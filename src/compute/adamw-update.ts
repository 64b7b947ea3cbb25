import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/** A weight before a step of AdamW, its gradient, and the means that the optimizer remembers of it. */
export interface AdamWGiven {
  weight: Tensor;
  gradient: Tensor;
  /** Mean gradient and mean squared gradient. */
  first: Tensor;
  second: Tensor;
  learningRate: Scalar;
  /** Correction of each mean, which started at 0: 1 − β^steps. */
  corrections: { first: Tensor; second: Tensor };
  constants: { beta1: number; beta2: number; epsilon: number; weightDecay: number };
}

/**
 * Updates one weight as AdamW does. On a CPU with TensorFlow it is one pass over the numbers, which is several times
 * faster than op by op, and makes no tensors in between; XLA, which does the same by itself, does not know this op.
 *
 * @see Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization
 */
export function adamwUpdate(given: AdamWGiven): { weight: Tensor; first: Tensor; second: Tensor } {
  const { weight, gradient, learningRate, corrections, constants } = given;
  const { beta1, beta2, epsilon, weightDecay } = constants;
  const backend = tensorflowBackend();
  if (backend && !backend.isUsingGpuDevice) {
    const numbers = tf.tensor1d([beta1, 1 - beta1, beta2, 1 - beta2, epsilon, weightDecay]);
    const inputs = [
      weight,
      gradient,
      given.first,
      given.second,
      learningRate,
      corrections.first,
      corrections.second,
      numbers,
    ];
    const [next, first, second] = backend.executeMultipleOutputs('ImitationLabAdamW', [], inputs, 3);
    if (next && first && second) return { weight: next, first, second };
  }
  const first = tf.add(tf.mul(given.first, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add(tf.mul(given.second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = tf.sqrt(tf.div(second, corrections.second));
  const kept = tf.mul(weight, tf.sub(1, tf.mul(learningRate, weightDecay)));
  const move = tf.div(tf.div(first, corrections.first), tf.add(root, epsilon));
  return { weight: tf.sub(kept, tf.mul(learningRate, move)), first, second };
}
