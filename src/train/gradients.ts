import * as tf from '@tensorflow/tfjs';
import { adapterMatrices, type Drop, forward, type Model, type Weights } from '../model/index.ts';
import { loss } from './loss.ts';

/** What a step learns from. */
export interface Batch {
  /** int32 [B, T]. */
  ids: tf.Tensor2D;
  /** int32 [B, T], the token at t + 1. */
  targets: tf.Tensor2D;
  /** float32 [B, T], 1 where the loss counts. */
  mask: tf.Tensor2D;
}

/** How the loss and its gradients are computed. */
export interface GradientOptions {
  /** What is dropped out; default nothing. */
  drop?: Drop;
}

/** The weights that training changes: the matrices of adapters where a model has some, else all. */
export function trainable(weights: Weights): Record<string, tf.Tensor> {
  const names = adapterMatrices(weights);
  if (names.length === 0) return { ...weights };
  return Object.fromEntries(names.map(name => [name, weights[name] as tf.Tensor]));
}

/**
 * The loss on a batch and its gradients, for the caller to dispose.
 *
 * @returns the loss, nats per supervised token; its gradients by the names of the weights that are {@link trainable},
 *   while none is formed for others. Both are 0 where no token is supervised.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function gradients(
  { config, weights }: Model,
  { ids, targets, mask }: Batch,
  options: GradientOptions = {},
): { loss: tf.Scalar; gradients: Record<string, tf.Tensor> } {
  return tf.tidy(() => {
    const trained = trainable(weights);
    const names = Object.keys(trained);
    const named = (tensors: readonly tf.Tensor[]) =>
      Object.fromEntries(tensors.map((tensor, i) => [names[i] as string, tensor]));
    const lossOf = (...given: tf.Tensor[]) =>
      loss(forward(config, { ...weights, ...named(given) }, ids, options), targets, mask);
    const { value, grads } = tf.valueAndGrads(lossOf)(Object.values(trained));
    return { loss: value as tf.Scalar, gradients: named(grads) };
  });
}
