import * as tf from '@tensorflow/tfjs';
import type { Model, Weights } from '../model/index.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { type Batch, gradients } from './gradients.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';

/** How weights follow a batch. */
export interface StepOptions {
  optimizer: Optimizer;
  /** The most that the norm of all gradients together may be; default 1. Infinite: they are not clipped. */
  clip?: number;
}

/** What a step leaves behind, for the caller to dispose. */
export interface Taken {
  /** The loss before the step, nats per supervised token. */
  loss: tf.Scalar;
  /** Norm of its gradients before clipping. */
  norm: tf.Scalar;
  weights: Record<string, tf.Tensor>;
  state: Record<string, tf.Tensor>;
}

/** Norm to which gradients are clipped. */
const CLIP = 1; // EasyLM's clip_gradient

/**
 * One step of training: forward, loss, gradients, clipping, update. A pure function of tensors, which frees nothing
 * that it is given.
 *
 * @param rate the learning rate, scalar.
 * @returns the loss before the step, the weights and the optimizer's state after it.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function takeStep(
  model: Model,
  state: OptimizerState,
  batch: Batch,
  rate: tf.Scalar,
  options: StepOptions,
): Taken {
  return tf.tidy(() => {
    const found = gradients(model, batch);
    return { loss: found.loss, ...follow(model.weights, found.gradients, state, rate, options) };
  });
}

/** The second half of a step: weights follow their gradients. */
export function follow(
  weights: Weights,
  gradients: Weights,
  state: OptimizerState,
  rate: tf.Scalar,
  { optimizer, clip = CLIP }: StepOptions,
): Omit<Taken, 'loss'> {
  return tf.tidy(() => {
    const clipped = clipByGlobalNorm(gradients, clip);
    return { norm: clipped.norm, ...optimizer.update(weights, clipped.gradients, state, rate) };
  });
}
