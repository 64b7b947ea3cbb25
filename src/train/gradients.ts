import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { adapterMatrices, type Dropout, forward, type Model, type Weights } from '../model/index.ts';
import type { Batch, LossGradients } from './batch.ts';
import { checkpointedGradients } from './checkpointed-gradients.ts';
import { loss } from './loss.ts';

/** Options of {@link gradients}. */
export interface GradientOptions {
  /** Dropout; default none. */
  dropout?: Dropout;
  /** True to compute blocks twice to save memory, see {@link checkpointedGradients}; default false. */
  gradientCheckpointing?: boolean;
}

/** Selects the weights that training changes: the matrices of adapters if a model has some, else all. */
export function trainable(weights: Weights): Record<string, Tensor> {
  const names = adapterMatrices(weights);
  if (names.length === 0) return { ...weights };
  return Object.fromEntries(names.map(name => [name, weights[name] as Tensor]));
}

/**
 * Computes the loss on a batch and its gradients, for the caller to dispose.
 *
 * @returns gradients for the weights that are {@link trainable}; none is computed for others. Loss and
 *   gradients are 0 where no token is supervised.
 * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
 */
export function gradients(model: Model, batch: Batch, options: GradientOptions = {}): LossGradients {
  const { config, weights } = model;
  const { ids, targets, lossMask, positions } = batch;
  const trained = trainable(weights);
  if (options.gradientCheckpointing) return checkpointedGradients(model, batch, trained, options.dropout);
  return tf.tidy(() => {
    const names = Object.keys(trained);
    const named = (tensors: readonly Tensor[]) =>
      Object.fromEntries(tensors.map((tensor, i) => [names[i] as string, tensor]));
    const lossOf = (...given: Tensor[]) =>
      loss(
        forward(config, { ...weights, ...named(given) }, ids, { ...options, positions }),
        targets,
        lossMask,
      );
    const { value, grads } = tf.valueAndGrads(lossOf)(Object.values(trained));
    return { loss: value as Scalar, gradients: named(grads) };
  });
}
