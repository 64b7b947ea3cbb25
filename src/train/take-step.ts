import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { Model, Weights } from '../model/index.ts';
import type { Batch, LossGradients } from './batch.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { dropper, stepSeed } from './dropout.ts';
import { gradients, trainable } from './gradients.ts';
import { type Optimizer, type OptimizerState, stepsTaken } from './optimizer.ts';

/** Options of {@link takeStep}. */
export interface StepOptions {
  optimizer: Optimizer;
  /** Norm to which all gradients together are clipped; default 1. Infinite: they are not clipped. */
  maxGradNorm?: number;
  /**
   * Dropout rate of the embedding, the attention weights and the output of each part of a block, drawn at each step;
   * default 0.
   */
  dropout?: number;
  /** Dropout rate of the input of each adapter; default 0. */
  adapterDropout?: number;
  /** True to compute blocks twice, so that the activations of one at a time are in memory; default false. */
  gradientCheckpointing?: boolean;
}

/** Result of a step, for the caller to dispose. */
export interface Taken {
  /** The loss before the step, nats per supervised token. */
  loss: Scalar;
  /** Norm of its gradients before clipping. */
  gradNorm: Scalar;
  /** The weights that were trained: the matrices of adapters if the model has some, else all. */
  weights: Record<string, Tensor>;
  state: Record<string, Tensor>;
}

/** Norm to which gradients are clipped by default. */
const MAX_GRAD_NORM = 1; // EasyLM's clip_gradient

/**
 * Takes one step of training: forward, loss, gradients, clipping, update. A pure function of tensors, which frees none
 * of its arguments.
 *
 * @param learningRate, scalar.
 * @param seed of dropout, int32 scalar; masks follow from it and the number of steps in the state. Default 0.
 * @returns the loss before the step, the weights and the optimizer's state after it.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function takeStep(
  model: Model,
  state: OptimizerState,
  batch: Batch,
  learningRate: Scalar,
  options: StepOptions,
  seed?: Scalar,
): Taken {
  return tf.tidy(() => {
    const found = lossGradients(model, state, batch, options, seed);
    return {
      loss: found.loss,
      ...follow(trainable(model.weights), found.gradients, state, learningRate, options),
    };
  });
}

/** Computes the first half of a step: loss and {@link gradients}, with the dropout of this step. */
export function lossGradients(
  model: Model,
  state: OptimizerState,
  batch: Batch,
  { dropout = 0, adapterDropout = 0, gradientCheckpointing = false }: StepOptions,
  seed?: Scalar,
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

/** Computes the second half of a step: clipping, and the update of the weights. */
export function follow(
  weights: Weights,
  gradients: Weights,
  state: OptimizerState,
  learningRate: Scalar,
  { optimizer, maxGradNorm = MAX_GRAD_NORM }: StepOptions,
): Omit<Taken, 'loss'> {
  return tf.tidy(() => {
    const clipped = clipByGlobalNorm(gradients, maxGradNorm);
    return { gradNorm: clipped.norm, ...optimizer.update(weights, clipped.gradients, state, learningRate) };
  });
}
