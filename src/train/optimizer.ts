import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Weights } from '../model/index.ts';

/**
 * State of an optimizer between steps, by name: under `step` the number of steps, scalar, and moments of each weight.
 */
export type OptimizerState = Weights;

/** Name of the number of steps in a state. */
export const STEP = 'step';

/** Returns the number of steps taken. */
export function stepsTaken(state: OptimizerState): Scalar {
  return tensorOf(state, STEP, 'a state') as Scalar;
}

/** Rule by which weights follow gradients, without a state of its own. It frees none of its arguments. */
export interface Optimizer {
  /** Its name and constants, so that the record of a run distinguishes optimizers; values of JSON. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Returns the state before the first step. */
  start(weights: Weights): Record<string, Tensor>;
  /**
   * Takes one step.
   *
   * @param gradients of the loss, by the names of the weights.
   * @param learningRate, scalar: a tensor, so that it is an argument of a compiled step.
   * @throws {RangeError} if a gradient or a part of the state is missing.
   */
  update(
    weights: Weights,
    gradients: Weights,
    state: OptimizerState,
    learningRate: Scalar,
  ): { weights: Record<string, Tensor>; state: Record<string, Tensor> };
}

/** Returns the tensor of this name. */
export function tensorOf(tensors: Weights, name: string, what: string): Tensor {
  const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
  if (tensor) return tensor;
  throw new RangeError(`Cannot update the weights: ${what} "${name}" is missing`);
}
