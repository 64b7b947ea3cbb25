import type { Tensor } from '@tensorflow/tfjs';
import { tf } from './tf.ts';

/** Result of a step: a tensor, a list or a record of tensors, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a step that only assigns variables returns nothing
export type StepResult = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor } | void;

/** Lists a result's tensors in a fixed order, and restores it from them. */
export function flatten<R extends StepResult>(
  result: R,
): { tensors: readonly Tensor[]; rebuild: (tensors: readonly Tensor[]) => R } {
  if (result === undefined) return { tensors: [], rebuild: () => undefined as R };
  if (result instanceof tf.Tensor) return { tensors: [result], rebuild: ([tensor]) => tensor as R };
  if (Array.isArray(result)) return { tensors: result, rebuild: tensors => [...tensors] as unknown as R };
  const names = Object.keys(result);
  return {
    tensors: Object.values(result),
    rebuild: tensors => Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as unknown as R,
  };
}
