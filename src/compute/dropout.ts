import type { Tensor } from '@tensorflow/tfjs';
import { randomUniform } from './random-uniform.ts';
import { tf } from './tf.ts';

/**
 * Applies dropout with a mask that follows from a seed, for compiled steps: `tf.dropout` draws its mask in
 * JavaScript, which a replay would repeat.
 *
 * @param x float32, any shape.
 * @param rate share of elements set to zero, from 0 up to but not 1; the others are divided by 1 - rate.
 * @param seed int32 [2]; see {@link randomUniform}.
 * @param stream distinguishes the dropouts of one step.
 * @throws {RangeError} if the rate or the seed is out of bounds.
 */
export function dropout<T extends Tensor>(x: T, rate: number, seed: Tensor, stream = 0): T {
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`Cannot drop out: the rate must be at least 0 and below 1, found ${rate}`);
  if (rate === 0) return x.clone();
  return tf.tidy(() => {
    const kept = tf.greaterEqual(randomUniform(x.shape, seed, stream), rate);
    return tf.mul(x, kept.cast('float32').div(1 - rate)) as T;
  });
}
