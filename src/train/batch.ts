import type * as tf from '@tensorflow/tfjs';

/** What a step learns from. */
export interface Batch {
  /** int32 [B, T]. */
  ids: tf.Tensor2D;
  /** int32 [B, T], the token at t + 1. */
  targets: tf.Tensor2D;
  /** float32 [B, T], 1 where the loss counts. */
  mask: tf.Tensor2D;
}

/** The loss on a batch, nats per supervised token, and its gradients by the names of the weights. */
export type LossGradients = { loss: tf.Scalar; gradients: Record<string, tf.Tensor> };
