import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Assignment } from './graph.ts';
import { copyHandle, giveOwnData } from './held-data.ts';
import type { MatmulType } from './matmul-type.ts';
import { giveFirstValues, watchNewVariables } from './new-variables.ts';
import { Recording } from './recording.ts';
import { type FlatResult, flatten, type StepResult } from './step-result.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/** One run of a step, as a graph. */
export interface Recorded {
  recording: Recording;
  /** Ids in the graph of the tensors that the step returns. */
  outputs: number[];
  assigned: Set<Variable>;
  /** For each of the assigned variables. */
  assignments: Assignment[];
  /** Puts tensors into the form in which the step returned them. */
  rebuild: FlatResult['rebuild'];
  /** Number of variables that the step made. They have their first values now, and the next run will find them. */
  created: number;
}

/**
 * Runs a step's JavaScript once and notes its ops, while nothing is computed. Variables keep their values.
 *
 * @throws whatever the step throws, {@link RefusedStep} among it; Error if TensorFlow refuses an op.
 */
export function record<A extends readonly Tensor[]>(
  backend: TensorflowBackend,
  step: (...args: A) => StepResult,
  args: A,
  matmul?: MatmulType,
): Recorded {
  const engine = tf.engine();
  const variables = Object.values(engine.registeredVariables);
  for (const variable of variables) giveOwnData(backend, variable);
  const saved = variables.map(variable => tf.keep(variable.clone()));
  // Copies, so that no argument shares its data with a variable or with another argument: data identify their owner.
  const copies: readonly Tensor[] = args.map(arg => tf.keep(copyHandle(backend, arg)));
  const recording = new Recording(backend, copies, variables, matmul);
  const { created, stop } = watchNewVariables(recording);
  let recorded: Recorded | undefined;
  backend.recorder = recording;
  engine.startScope();
  try {
    const { tensors, rebuild } = flatten(step(...(copies as A)));
    const idOf = (tensor: Tensor) => recording.graphId(recording.idOf(tensor));
    const outputs = tensors.map(idOf);
    const changes = variables.flatMap((variable, i) => {
      const before = saved[i];
      return before && variable.dataId !== before.dataId ? [{ variable, before }] : [];
    });
    const assigned = new Set(changes.map(({ variable }) => variable));
    const assignments = changes.map(({ variable, before }) => [idOf(before), idOf(variable)] as const);
    recorded = { recording, outputs, assigned, assignments, rebuild, created: created.length };
    return recorded;
  } finally {
    engine.endScope();
    stop();
    variables.forEach((variable, i) => {
      const before = saved[i];
      if (before && variable.dataId !== before.dataId) variable.assign(before);
      before?.dispose();
    });
    backend.recorder = undefined;
    giveFirstValues(backend, recording, created, copies);
    tf.dispose([...copies]);
    if (!recorded) recording.release();
  }
}
