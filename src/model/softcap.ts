import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/** Keeps numbers within ±cap by a hyperbolic tangent, which hardly changes those near 0; without a cap, all as they are. */
export function softcapped<T extends Tensor>(x: T, cap: number | undefined): T {
  return cap === undefined ? x : tf.mul(tf.tanh(tf.div(x, cap)), cap);
}
