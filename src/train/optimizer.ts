import type * as tf from '@tensorflow/tfjs';
import type { Weights } from '../model/index.ts';

/**
 * What an optimizer remembers from step to step, by name: under `step` how many there were, scalar, and moments of
 * each weight.
 */
export type OptimizerState = Weights;

/** The name of the number of steps in a state. */
export const STEP = 'step';

/** How many steps were taken. */
export function stepsTaken(state: OptimizerState): tf.Scalar {
  return tensorOf(state, STEP, 'a state') as tf.Scalar;
}

/** A rule by which weights follow gradients, without a memory of its own. It frees nothing that it is given. */
export interface Optimizer {
  /** Its name and constants, so that the record of a run tells optimizers apart; values of JSON. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What it remembers before the first step. */
  start(weights: Weights): Record<string, tf.Tensor>;
  /**
   * One step.
   *
   * @param gradients of the loss, by the names of the weights.
   * @param rate the learning rate, scalar: a tensor, so that a compiled step takes it anew at each call.
   * @throws {RangeError} if a gradient or a part of the state is missing.
   */
  update(
    weights: Weights,
    gradients: Weights,
    state: OptimizerState,
    rate: tf.Scalar,
  ): { weights: Record<string, tf.Tensor>; state: Record<string, tf.Tensor> };
}

/** The tensor of this name. */
export function tensorOf(tensors: Weights, name: string, what: string): tf.Tensor {
  const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
  if (tensor) return tensor;
  throw new RangeError(`Cannot update the weights: ${what} "${name}" is required, found none of this name`);
}
