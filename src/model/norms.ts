import type { GradSaveFunc, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/**
 * Applies layer norm over the last dimension: mean 0 and variance 1, then scaled and shifted. Differentiable once.
 *
 * @param x float32 [..., D].
 * @param scale float32 [D].
 * @param shift float32 [D].
 */
export function layerNorm<T extends Tensor>(x: T, scale: Tensor, shift: Tensor, epsilon: number): T {
  return tf.add(tf.mul(normalize(x, epsilon, true), scale), shift);
}

/**
 * Applies RMS norm over the last dimension: mean square 1, then scaled. Differentiable once.
 *
 * @param x float32 [..., D].
 * @param scale float32 [D].
 * @see Zhang & Sennrich 2019
 */
export function rmsNorm<T extends Tensor>(x: T, scale: Tensor, epsilon: number): T {
  return tf.mul(normalize(x, epsilon, false), scale);
}

/**
 * Divides x by the root of its mean square, less its mean before if it is to be centred. Its gradient is taken by
 * hand: op by op it would take twice as many, and keep more for it.
 */
function normalize<T extends Tensor>(x: T, epsilon: number, centre: boolean): T {
  const mean = (of: Tensor) => tf.mean(of, -1, true);
  const compute = tf.customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = args as [Tensor, GradSaveFunc];
    const centred = centre ? tf.sub(x, mean(x)) : x;
    const factor = tf.rsqrt(tf.add(mean(tf.square(centred)), epsilon));
    const value = tf.mul(centred, factor);
    save([value, factor]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [value, factor] = saved as [Tensor, Tensor];
      const across = tf.sub(dy, tf.mul(value, mean(tf.mul(dy, value))));
      return tf.mul(centre ? tf.sub(across, mean(dy)) : across, factor);
    };
    return { value, gradFunc };
  });
  return compute(x) as T;
}
