import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { Weights } from '../model/index.ts';

/**
 * Clips gradients together, so that the root of the sum of all their squares is at most `limit`.
 *
 * @param limit above 0; infinite to only compute the norm.
 * @returns the gradients by their names, and the norm that they had, scalar.
 * @throws {RangeError} if the limit is not above 0.
 * @see Pascanu et al. 2013, On the difficulty of training recurrent neural networks
 */
export function clipByGlobalNorm(
  gradients: Weights,
  limit: number,
): { gradients: Record<string, Tensor>; norm: Scalar } {
  if (!(limit > 0)) throw new RangeError(`Cannot clip gradients: the limit must be above 0, got ${limit}`);
  return tf.tidy(() => {
    const squares = Object.values(gradients).map(gradient => tf.sum(tf.square(gradient)) as Scalar);
    const norm = tf.sqrt(tf.addN(squares)) as Scalar;
    const scale =
      limit === Number.POSITIVE_INFINITY ? tf.onesLike(norm) : tf.div(limit, tf.maximum(norm, limit));
    const shrunk = Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)]);
    return { gradients: Object.fromEntries(shrunk) as Record<string, Tensor>, norm };
  });
}
