import type * as tf from '@tensorflow/tfjs';
import type { GraphTensor } from './addon-binding.ts';
import type { Source } from './recording.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

/**
 * Calls a function that was defined from a recording.
 *
 * @param sources where its inputs come from.
 * @param count how many tensors it gives.
 * @throws {Error} if a variable was disposed since, or TensorFlow fails.
 */
export function callFunction(
  backend: TensorflowBackend,
  name: string,
  sources: readonly Source[],
  args: readonly tf.Tensor[],
  count: number,
): GraphTensor[] {
  const { addon } = backend;
  const ids = backend.getInputTensorIds(sources.map(source => tensorOf(source, args)));
  // With an empty configuration TensorFlow optimizes the function's graph; without any it does not.
  const attributes = [{ name: 'config_proto', type: addon.TF_ATTR_STRING, value: '' }];
  return addon.executeOp(name, attributes, ids, count);
}

function tensorOf(source: Source, args: readonly tf.Tensor[]): tf.TensorInfo {
  if (source.kind === 'outside') return source.tensor;
  const tensor = source.kind === 'variable' ? source.variable : args[source.index];
  if (tensor && !tensor.isDisposed) return tensor;
  const name =
    source.kind === 'variable' ? `variable ${source.variable.name}` : `argument ${source.index + 1}`;
  throw new Error(`Cannot run a compiled step: its ${name} was disposed`);
}

/** Makes what a function gave the value of a variable. */
export function assignOutput(backend: TensorflowBackend, variable: tf.Variable, output: GraphTensor): void {
  const tensor = backend.createOutputTensor(output);
  variable.assign(tensor);
  tensor.dispose();
}
