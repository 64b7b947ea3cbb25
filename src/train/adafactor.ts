import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { withMoments } from './moments.ts';
import type { Optimizer } from './optimizer.ts';

/** Options of {@link adafactor}; the defaults are those of EasyLM, with which the paper trains. */
export interface AdafactorOptions {
  /** Share of the mean update that is kept from step to step; default 0.9. */
  momentum?: number;
  /** Exponent r by which step t keeps 1 − t^−r of the mean squared gradient; default 0.95. */
  decayRate?: number;
  /** Share of each weight, times the learning rate, that a step takes away; default 1e-4. */
  weightDecay?: number | undefined;
  /** True to multiply updates by the root mean square of the weight tensor; default true, as in the paper. */
  multiplyByParameterScale?: boolean;
}

/** Keeps the root of a gradient's square from 0. */
const SQUARE_FLOOR = 1e-30; // optax.adafactor's eps

/** Least scale of a weight tensor, so that weights that start at 0 can move. */
const MIN_PARAMETER_SCALE = 1e-3; // optax.scale_by_param_block_rms's min_scale

/**
 * Adafactor without factoring: it keeps the whole mean squared gradient, and no threshold clips its updates. This is
 * how EasyLM configures `optax.adafactor` under `multiply_by_parameter_scale`, by which the paper's "gradients are
 * re-scaled by the magnitude of each weight". EasyLM clips gradients to a global norm of 1 before, see
 * {@link clipByGlobalNorm}.
 *
 * @throws {RangeError} if a constant is out of bounds.
 * @see Gudibande et al. 2023, §4.1; Shazeer & Stern 2018, Adafactor
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer {
  const { momentum = 0.9, decayRate = 0.95, weightDecay = 1e-4, multiplyByParameterScale = true } = options;
  const fail = (rule: string, found: number) => {
    throw new RangeError(`Cannot make the optimizer adafactor: ${rule}, got ${found}`);
  };
  if (!(momentum >= 0 && momentum < 1)) fail('momentum must be at least 0 and below 1', momentum);
  if (!(decayRate > 0 && decayRate <= 1)) fail('decayRate must be above 0 and at most 1', decayRate);
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay)))
    fail('weightDecay must be at least 0', weightDecay);
  const settings = { name: 'adafactor', momentum, decayRate, weightDecay, multiplyByParameterScale };
  return withMoments(settings, ({ weight, gradient, before, step, learningRate }) => {
    const fresh = tf.pow(step, -decayRate);
    const square = tf.add(tf.square(gradient), SQUARE_FLOOR);
    const second = tf.add(tf.mul(before.second, tf.sub(1, fresh)), tf.mul(square, fresh));
    const stepSize = multiplyByParameterScale ? tf.mul(learningRate, scaleOf(weight)) : learningRate;
    const update = tf.mul(tf.div(gradient, tf.sqrt(second)), stepSize);
    const first = tf.add(tf.mul(before.first, momentum), tf.mul(update, 1 - momentum));
    const kept = tf.mul(weight, tf.sub(1, tf.mul(learningRate, weightDecay)));
    return { weight: tf.sub(kept, first), first, second };
  });
}

/** Returns the root mean square of a weight tensor, scalar. */
function scaleOf(weight: Tensor): Tensor {
  return tf.maximum(tf.sqrt(tf.mean(tf.square(weight))), MIN_PARAMETER_SCALE);
}
