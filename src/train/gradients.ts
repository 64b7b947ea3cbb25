import * as tf from '@tensorflow/tfjs';
import { forward, type Model, type Weights } from '../model/index.ts';
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

/**
 * The loss on a batch and its gradients, for the caller to dispose.
 *
 * @returns the loss, nats per supervised token; its gradients by the names of the weights. Both are 0 where no token
 *   is supervised.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function gradients(
  { config, weights }: Model,
  { ids, targets, mask }: Batch,
): { loss: tf.Scalar; gradients: Record<string, tf.Tensor> } {
  return tf.tidy(() => {
    const names = Object.keys(weights);
    const named = (tensors: readonly tf.Tensor[]): Weights =>
      Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor]));
    const lossOf = (...given: tf.Tensor[]) => loss(forward(config, named(given), ids), targets, mask);
    const { value, grads } = tf.valueAndGrads(lossOf)(Object.values(weights));
    return { loss: value as tf.Scalar, gradients: { ...named(grads) } };
  });
}
