import type { Tensor, Variable } from '@tensorflow/tfjs';
import { callFunction } from './call-function.ts';
import type { Recording } from './recording.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/** A variable that a step made while it was recorded, and the id of its first value in the graph. */
export interface NewVariable {
  variable: Variable;
  id: number;
}

/** Notes variables as they are made: optimizers make theirs when they first run. */
export function watchNewVariables(recording: Recording): { created: NewVariable[]; stop: () => void } {
  const engine = tf.engine();
  const { makeVariable } = engine;
  const created: NewVariable[] = [];
  engine.makeVariable = (...args) => {
    const variable = makeVariable.apply(engine, args);
    created.push({ variable, id: recording.graphId(recording.idOf(variable)) });
    return variable;
  };
  return {
    created,
    stop: () => {
      engine.makeVariable = makeVariable;
    },
  };
}

/** Computes the first values of new variables, since nothing is computed while they are made. Ends the graph. */
export function giveFirstValues(
  backend: TensorflowBackend,
  recording: Recording,
  created: readonly NewVariable[],
  args: readonly Tensor[],
): void {
  if (created.length === 0) return;
  const name = `first_values_${backend.nextFunction++}`;
  recording.graph.defineFunction(
    name,
    created.map(({ id }) => id),
    [],
    false,
  );
  const values = callFunction(backend, name, recording.sources, args, created.length);
  backend.addon.removeFunction(name);
  created.forEach(({ variable }, i) => {
    const value = values[i];
    if (!value) return;
    const tensor = backend.createOutputTensor(value);
    variable.assign(tensor);
    tensor.dispose();
  });
}
