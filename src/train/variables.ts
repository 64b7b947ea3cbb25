import type { Variable } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { Weights } from '../model/index.ts';

/** Variables by their names. */
export type Variables = Readonly<Record<string, Variable>>;

/** Makes variables that start from these tensors, which the caller still owns. */
export function variablesOf(tensors: Weights): Variables {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor)]));
}

/** Assigns variables the values of the same names; those without one are unchanged. */
export function assign(variables: Variables, values: Weights): void {
  for (const [name, variable] of Object.entries(variables)) {
    const value = values[name];
    if (value) variable.assign(value);
  }
}
