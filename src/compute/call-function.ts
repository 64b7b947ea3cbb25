import type { Tensor, TensorInfo, Variable } from '@tensorflow/tfjs';
import type { GraphTensor } from './addon-binding.ts';
import { hold } from './held-data.ts';
import type { Source } from './recording.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

/**
 * Calls a function that was defined from a recording.
 *
 * @param sources where its inputs come from.
 * @param count how many tensors it gives.
 * @param assigned the variables that it changes. Where it fails midway, some may have changed.
 * @throws {Error} if a variable was disposed since, or TensorFlow fails.
 */
export function callFunction(
  backend: TensorflowBackend,
  name: string,
  sources: readonly Source[],
  args: readonly Tensor[],
  count: number,
  assigned: ReadonlySet<Variable> = new Set(),
): GraphTensor[] {
  const { addon } = backend;
  const ids = sources.map(source => {
    const tensor = tensorOf(source, args);
    if (source.kind !== 'variable' || !assigned.has(source.variable))
      return backend.getInputTensorIds([tensor]);
    const held = hold(backend, source.variable);
    held.forget();
    return held.handle;
  });
  // With an empty configuration TensorFlow optimizes the function's graph; without any it does not.
  const attributes = [{ name: 'config_proto', type: addon.TF_ATTR_STRING, value: '' }];
  return addon.executeOp(name, attributes, ids.flat(), count);
}

function tensorOf(source: Source, args: readonly Tensor[]): TensorInfo {
  if (source.kind === 'outside') return source.tensor;
  const tensor = source.kind === 'variable' ? source.variable : args[source.index];
  if (tensor && !tensor.isDisposed) return tensor;
  const name =
    source.kind === 'variable' ? `variable ${source.variable.name}` : `argument ${source.index + 1}`;
  throw new Error(`Cannot run a compiled step: its ${name} was disposed`);
}
