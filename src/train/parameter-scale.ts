import * as tf from '@tensorflow/tfjs';
import { withMoments } from './moments.ts';
import type { Optimizer } from './optimizer.ts';

/** Constants of {@link parameterScale}; the defaults are EasyLM's. */
export interface ParameterScaleOptions {
  /** How much of the mean update is kept from step to step; default 0.9. */
  momentum?: number;
  /** The mean squared gradient of step t keeps 1 − t^−exponent of what it was; default 0.95. */
  exponent?: number;
  /** Share of each weight, times the learning rate, that a step takes away; default 1e-4. */
  decay?: number;
}

/** Keeps the root of a gradient's square from 0. */
const SQUARE_FLOOR = 1e-30; // optax.adafactor's eps

/** What a weight's magnitude counts for at the least, so that weights which start at 0 can move. */
const LEAST_MAGNITUDE = 1e-3; // optax.scale_by_param_block_rms's min_scale

/**
 * "Gradients re-scaled by the magnitude of each weight", as the paper trains: Adafactor that keeps the whole mean
 * squared gradient, and whose updates are multiplied by the root mean square of the weight tensor. It is EasyLM's
 * `multiply_by_parameter_scale`, which clips gradients to a global norm of 1 first: see {@link clipByGlobalNorm}.
 *
 * @throws {RangeError} if a constant is out of bounds.
 * @see Gudibande et al. 2023, §4.1; Shazeer & Stern 2018, Adafactor
 */
export function parameterScale(options: ParameterScaleOptions = {}): Optimizer {
  const { momentum = 0.9, exponent = 0.95, decay = 1e-4 } = options;
  const fail = (required: string, found: number) => {
    throw new RangeError(`Cannot make the optimizer: ${required} is required, found ${found}`);
  };
  if (!(momentum >= 0 && momentum < 1)) fail('a momentum of at least 0 and below 1', momentum);
  if (!(exponent > 0 && exponent <= 1)) fail('an exponent above 0 and up to 1', exponent);
  if (!(decay >= 0 && Number.isFinite(decay))) fail('a decay of at least 0', decay);
  const settings = { name: 'parameter-scale', momentum, exponent, decay };
  return withMoments(settings, ({ weight, gradient, before, step, rate }) => {
    const fresh = tf.pow(step, -exponent);
    const square = tf.add(tf.square(gradient), SQUARE_FLOOR);
    const second = tf.add(tf.mul(before.second, tf.sub(1, fresh)), tf.mul(square, fresh));
    const magnitude = tf.maximum(tf.sqrt(tf.mean(tf.square(weight))), LEAST_MAGNITUDE);
    const update = tf.mul(tf.div(gradient, tf.sqrt(second)), tf.mul(rate, magnitude));
    const first = tf.add(tf.mul(before.first, momentum), tf.mul(update, 1 - momentum));
    const kept = tf.mul(weight, tf.sub(1, tf.mul(rate, decay)));
    return { weight: tf.sub(kept, first), first, second };
  });
}
