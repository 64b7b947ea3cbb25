import * as tf from '@tensorflow/tfjs';
import { compile } from '../compute/index.ts';
import type { Model, Weights } from '../model/index.ts';
import { type Batch, type StepOptions, takeStep } from './take-step.ts';

/** How to train step by step. */
export interface TrainStepOptions extends StepOptions {
  /** Told, once, why steps run plain, which is slower; default a warning on the console. */
  onFallback?: (message: string) => void;
}

/** Weights in training, and the step that changes them. */
export interface TrainStep {
  /**
   * Takes one step.
   *
   * @param rate the learning rate of this step.
   * @returns scalars for the caller to dispose: the loss before the step, nats per supervised token, and the norm
   *   of its gradients before clipping.
   * @throws {RangeError} if shapes disagree, or the batch is longer than the model's context.
   */
  (batch: Batch, rate: number): { loss: tf.Scalar; norm: tf.Scalar };
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** What the optimizer remembers. */
  readonly state: Readonly<Record<string, tf.Variable>>;
  /** Frees the weights in training, the state and the compiled step. */
  dispose(): void;
}

/**
 * A model made ready to be trained. The step is {@link takeStep}, compiled where the backend compiles.
 *
 * @param model keeps its weights: training goes on in variables that start from them.
 * @example
 * const step = trainStep(model, { optimizer: adamw() });
 * const { loss, norm } = step(batch, rate(1));
 */
export function trainStep(model: Model, options: TrainStepOptions): TrainStep {
  const weights = variablesOf(model.weights);
  const start = options.optimizer.start(weights);
  const state = variablesOf(start);
  tf.dispose(start);
  const { onFallback } = options;
  const compiled = compile(
    (ids: tf.Tensor2D, targets: tf.Tensor2D, mask: tf.Tensor2D, rate: tf.Scalar) => {
      const next = takeStep({ config: model.config, weights }, state, { ids, targets, mask }, rate, options);
      assign(weights, next.weights);
      assign(state, next.state);
      return { loss: next.loss, norm: next.norm };
    },
    { name: 'of training', ...(onFallback && { onFallback }) },
  );
  const step = ({ ids, targets, mask }: Batch, rate: number) => {
    const given = tf.scalar(rate);
    try {
      return compiled(ids, targets, mask, given);
    } finally {
      given.dispose();
    }
  };
  const dispose = () => {
    compiled.dispose();
    tf.dispose([weights, state]);
  };
  return Object.assign(step, { weights, state, dispose });
}

function variablesOf(tensors: Weights): Record<string, tf.Variable> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor)]));
}

function assign(variables: Readonly<Record<string, tf.Variable>>, values: Weights): void {
  for (const [name, variable] of Object.entries(variables)) {
    const value = values[name];
    if (value) variable.assign(value);
  }
}
