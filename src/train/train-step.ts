import * as tf from '@tensorflow/tfjs';
import { compile } from '../compute/index.ts';
import type { Model, Weights } from '../model/index.ts';
import { accumulatedStep } from './accumulated-step.ts';
import type { Batch } from './gradients.ts';
import { type StepOptions, takeStep } from './take-step.ts';
import { assign, variablesOf } from './variables.ts';

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
   * @param batch of several, which may differ in shape, one at a time is in memory; the step follows the mean loss
   *   over all their supervised tokens. Where there are none, it follows nothing.
   * @param rate the learning rate of this step.
   * @returns scalars for the caller to dispose: the loss before the step, nats per supervised token, and the norm
   *   of its gradients before clipping.
   * @throws {RangeError} if shapes disagree, a batch is longer than the model's context, or there is none.
   */
  (batch: Batch | readonly Batch[], rate: number): { loss: tf.Scalar; norm: tf.Scalar };
  /** What the step changes. */
  readonly trained: Readonly<Record<string, tf.Variable>>;
  /** All that `forward` needs, as it is now: for evaluation, samples and saving. */
  readonly weights: Weights;
  /** What the optimizer remembers. */
  readonly state: Readonly<Record<string, tf.Variable>>;
  /** Frees the weights in training, the state and the compiled steps. */
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
  const { config } = model;
  const trained = variablesOf(model.weights);
  const start = options.optimizer.start(trained);
  const state = variablesOf(start);
  tf.dispose(start);
  const compileOptions = { name: 'of training', onFallback: once(options.onFallback ?? console.warn) };
  const whole = compile((ids: tf.Tensor2D, targets: tf.Tensor2D, mask: tf.Tensor2D, rate: tf.Scalar) => {
    const next = takeStep({ config, weights: trained }, state, { ids, targets, mask }, rate, options);
    assign(trained, next.weights);
    assign(state, next.state);
    return { loss: next.loss, norm: next.norm };
  }, compileOptions);
  const inParts = accumulatedStep({ config, weights: trained, state }, options, compileOptions);

  const step = (batch: Batch | readonly Batch[], rate: number) => {
    const batches = 'ids' in batch ? [batch] : batch;
    const [first] = batches;
    if (!first) throw new RangeError('Cannot take a step: at least one batch is required, found none');
    const given = tf.scalar(rate);
    try {
      if (batches.length > 1) return inParts(batches, given);
      return whole(first.ids, first.targets, first.mask, given);
    } finally {
      given.dispose();
    }
  };
  const dispose = () => {
    whole.dispose();
    inParts.dispose();
    tf.dispose([trained, state]);
  };
  return Object.assign(step, { trained, weights: trained, state, dispose });
}

/** Says each message once, though several compiled steps have the same to say. */
function once(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return message => {
    if (!said.has(message)) say(message);
    said.add(message);
  };
}
