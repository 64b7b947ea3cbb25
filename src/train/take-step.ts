import * as tf from '@tensorflow/tfjs';
import { forward, type Model, type Weights } from '../model/index.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { loss } from './loss.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';

/** What a step learns from. */
export interface Batch {
  /** int32 [B, T]. */
  ids: tf.Tensor2D;
  /** int32 [B, T], the token at t + 1. */
  targets: tf.Tensor2D;
  /** float32 [B, T], 1 where the loss counts. */
  mask: tf.Tensor2D;
}

/** How weights follow a batch. */
export interface StepOptions {
  optimizer: Optimizer;
  /** The most that the norm of all gradients together may be; default 1. Infinite: they are not clipped. */
  clip?: number;
}

/** Norm to which gradients are clipped. */
const CLIP = 1; // EasyLM's clip_gradient

/**
 * One step of training: forward, loss, gradients, clipping, update. A pure function of tensors, which frees nothing
 * that it is given.
 *
 * @param rate the learning rate, scalar.
 * @returns the loss before the step, nats per supervised token; the norm of its gradients before clipping; the
 *   weights and the optimizer's state after it.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function takeStep(
  { config, weights }: Model,
  state: OptimizerState,
  { ids, targets, mask }: Batch,
  rate: tf.Scalar,
  { optimizer, clip = CLIP }: StepOptions,
): {
  loss: tf.Scalar;
  norm: tf.Scalar;
  weights: Record<string, tf.Tensor>;
  state: Record<string, tf.Tensor>;
} {
  return tf.tidy(() => {
    const names = Object.keys(weights);
    const named = (tensors: readonly tf.Tensor[]): Weights =>
      Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor]));
    const lossOf = (...given: tf.Tensor[]) => loss(forward(config, named(given), ids), targets, mask);
    const { value, grads } = tf.valueAndGrads(lossOf)(Object.values(weights));
    const { gradients, norm } = clipByGlobalNorm(named(grads), clip);
    return { loss: value as tf.Scalar, norm, ...optimizer.update(weights, gradients, state, rate) };
  });
}
