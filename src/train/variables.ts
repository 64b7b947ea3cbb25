import * as tf from '@tensorflow/tfjs';
import type { Weights } from '../model/index.ts';

/** Variables by their names. */
export type Variables = Readonly<Record<string, tf.Variable>>;

/** New variables that start from these tensors, which stay the caller's. */
export function variablesOf(tensors: Weights): Variables {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor)]));
}

/** Gives variables the values of the same names; those without one keep theirs. */
export function assign(variables: Variables, values: Weights): void {
  for (const [name, variable] of Object.entries(variables)) {
    const value = values[name];
    if (value) variable.assign(value);
  }
}
