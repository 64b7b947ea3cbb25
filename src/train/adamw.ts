import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { adamwUpdate, tf } from '../compute/index.ts';
import { withMoments } from './moments.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of {@link adamw}; the defaults are PyTorch's, except for the weights that decay. */
export interface AdamWOptions {
  /** Share of the mean gradient that is kept from step to step; default 0.9. */
  beta1?: number | undefined;
  /** Share of the mean squared gradient that is kept; default 0.999. */
  beta2?: number | undefined;
  /** Added to the root of the mean squared gradient; default 1e-8. */
  epsilon?: number | undefined;
  /** Share of each weight, times the learning rate, that a step takes away; default 0.01. */
  weightDecay?: number | undefined;
  /**
   * Weights that decay: `matrices` and embeddings alone, the default, so that norms and biases do not shrink, as in
   * Transformers' Trainer; or `all`, as in PyTorch.
   */
  weightDecayFor?: 'all' | 'matrices' | undefined;
}

/**
 * Makes AdamW: each weight moves by its mean gradient over the root of its mean squared gradient, both corrected for
 * their start at 0, and decays separately.
 *
 * @throws {RangeError} if a constant is out of bounds.
 * @see Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization
 * @example
 * // Given weights, gradients, tf.
 * const optimizer = adamw();
 * const state = optimizer.start(weights);
 * const next = optimizer.update(weights, gradients, state, tf.scalar(1e-4));
 */
export function adamw(options: AdamWOptions = {}): Optimizer {
  const {
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 0.01,
    weightDecayFor = 'matrices',
  } = options;
  for (const [name, value] of Object.entries({ beta1, beta2, epsilon, weightDecay })) {
    const below = name.startsWith('beta') ? 1 : Number.POSITIVE_INFINITY;
    if (value >= 0 && value < below) continue;
    throw new RangeError(
      `Cannot make the optimizer adamw: ${name} must be at least 0 and below ${below}, got ${value}`,
    );
  }
  const settings = { name: 'adamw', beta1, beta2, epsilon, weightDecay, weightDecayFor };
  return withMoments(settings, ({ weight, gradient, before, step, learningRate }) => {
    const corrections = { first: biasCorrection(beta1, step), second: biasCorrection(beta2, step) };
    return adamwUpdate({
      weight,
      gradient,
      ...before,
      learningRate,
      corrections,
      constants: {
        beta1,
        beta2,
        epsilon,
        weightDecay: weightDecayFor === 'all' || weight.rank > 1 ? weightDecay : 0,
      },
    });
  });
}

/** Bias correction 1 − β^step of a mean that starts at 0; by expm1, since 1 − 0.999 loses digits in float32. */
function biasCorrection(beta: number, step: Scalar): Tensor {
  return tf.neg(tf.expm1(tf.mul(step, Math.log(beta))));
}
