import type { Tensor } from '@tensorflow/tfjs';
import { tf } from './tf.ts';

/** Result of a step: a tensor, a list or a record of tensors, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a step that only assigns variables returns nothing
export type StepResult = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor } | void;

/** A result's tensors in a fixed order, and the function that restores the result from them. */
export interface FlatResult {
  tensors: readonly Tensor[];
  rebuild(tensors: readonly Tensor[]): StepResult;
}

/** Lists a result's tensors. */
export function flatten(result: StepResult): FlatResult {
  if (result === undefined) return { tensors: [], rebuild: () => undefined };
  if (result instanceof tf.Tensor) return { tensors: [result], rebuild: ([tensor]) => tensor };
  if (isList(result)) return { tensors: result, rebuild: tensors => [...tensors] };
  const names = Object.keys(result);
  return {
    tensors: Object.values(result),
    rebuild: tensors => Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor])),
  };
}

function isList(result: StepResult): result is readonly Tensor[] {
  return Array.isArray(result);
}
