import * as tf from '@tensorflow/tfjs';
import type { Model, Weights } from '../model/index.ts';
import type { Batch, LossGradients } from './batch.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { dropper, stepSeed } from './dropout.ts';
import { gradients, trainable } from './gradients.ts';
import { type Optimizer, type OptimizerState, stepsTaken } from './optimizer.ts';

/** How weights follow a batch. */
export interface StepOptions {
  optimizer: Optimizer;
  /** The most that the norm of all gradients together may be; default 1. Infinite: they are not clipped. */
  maxGradNorm?: number;
  /**
   * Share of elements of the embedding, of attention shares and of what each block adds to the residual stream that
   * is set to zero, at random and anew at each step; default 0.
   */
  dropout?: number;
  /** The same of the input of each adapter; default 0. */
  adapterDropout?: number;
  /** Whether blocks are computed twice, so that the activations of one at a time are in memory; default not. */
  gradientCheckpointing?: boolean;
}

/** What a step leaves behind, for the caller to dispose. */
export interface Taken {
  /** The loss before the step, nats per supervised token. */
  loss: tf.Scalar;
  /** Norm of its gradients before clipping. */
  gradNorm: tf.Scalar;
  /** The weights that were trained: the matrices of adapters where the model has some, else all. */
  weights: Record<string, tf.Tensor>;
  state: Record<string, tf.Tensor>;
}

/** Norm to which gradients are clipped by default. */
const MAX_GRAD_NORM = 1; // EasyLM's clip_gradient

/**
 * One step of training: forward, loss, gradients, clipping, update. A pure function of tensors, which frees nothing
 * that it is given.
 *
 * @param rate the learning rate, scalar.
 * @param seed of dropout, int32 scalar; masks follow from it and the number of steps in the state. Default 0.
 * @returns the loss before the step, the weights and the optimizer's state after it.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function takeStep(
  model: Model,
  state: OptimizerState,
  batch: Batch,
  rate: tf.Scalar,
  options: StepOptions,
  seed?: tf.Scalar,
): Taken {
  return tf.tidy(() => {
    const found = lossGradients(model, state, batch, options, seed);
    return {
      loss: found.loss,
      ...follow(trainable(model.weights), found.gradients, state, rate, options),
    };
  });
}

/** The first half of a step: what {@link gradients} gives, with the dropout of this step. */
export function lossGradients(
  model: Model,
  state: OptimizerState,
  batch: Batch,
  { dropout = 0, adapterDropout = 0, gradientCheckpointing = false }: StepOptions,
  seed?: tf.Scalar,
): LossGradients {
  return tf.tidy(() => {
    if (dropout === 0 && adapterDropout === 0) return gradients(model, batch, { gradientCheckpointing });
    const drawn = stepSeed(seed ?? tf.scalar(0, 'int32'), stepsTaken(state));
    return gradients(model, batch, {
      dropout: dropper({ hidden: dropout, adapter: adapterDropout }, drawn),
      gradientCheckpointing,
    });
  });
}

/** The second half of a step: weights follow their gradients. */
export function follow(
  weights: Weights,
  gradients: Weights,
  state: OptimizerState,
  rate: tf.Scalar,
  { optimizer, maxGradNorm = MAX_GRAD_NORM }: StepOptions,
): Omit<Taken, 'loss'> {
  return tf.tidy(() => {
    const clipped = clipByGlobalNorm(gradients, maxGradNorm);
    return { gradNorm: clipped.norm, ...optimizer.update(weights, clipped.gradients, state, rate) };
  });
}
