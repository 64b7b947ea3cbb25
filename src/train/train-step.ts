import * as tf from '@tensorflow/tfjs';
import { compile, type MatmulType } from '../compute/index.ts';
import { addLora, type LoraOptions, type Model, type Weights } from '../model/index.ts';
import { accumulatedStep } from './accumulated-step.ts';
import type { Batch } from './batch.ts';
import { batchSeed, requireShare } from './dropout.ts';
import { trainable } from './gradients.ts';
import { type StepOptions, takeStep } from './take-step.ts';
import { assign, variablesOf } from './variables.ts';

/** How to train step by step. */
export interface TrainStepOptions extends Omit<StepOptions, 'adapterDropout'> {
  /**
   * Adapters to add and to train, while the model's own weights stay as they are; `dropout` is the share of each
   * adapter's input that is set to zero, default 0. Without: the adapters that the model has, else all weights.
   */
  lora?: LoraOptions & { dropout?: number };
  /** Of the masks of dropout, a whole number; default 0. A mask follows from it and the number of the step. */
  seed?: number;
  /** What matrices are multiplied in where steps are compiled; see {@link compile}. Default float32. */
  matmul?: MatmulType;
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
  (batch: Batch | readonly Batch[], rate: number): { loss: tf.Scalar; gradNorm: tf.Scalar };
  /** What the step changes: the matrices of adapters where there are some, else all weights. */
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
 * @param model keeps its weights: training goes on in variables that start from them. Where it has adapters, or
 *   gets some by `options.lora`, those alone are trained, and its own weights must not be disposed before the step.
 * @throws {RangeError} if a constant is out of bounds, or `lora` is given for a model that has adapters.
 * @example
 * const step = trainStep(model, { optimizer: adamw() });
 * const { loss, norm } = step(batch, rate(1));
 */
export function trainStep(model: Model, options: TrainStepOptions): TrainStep {
  const { lora, optimizer, seed = 0, matmul = 'float32', onFallback = console.warn } = options;
  for (const rate of [options.dropout ?? 0, lora?.dropout ?? 0]) requireShare(rate);
  const begun = lora ? addLora(model, lora) : model;
  const added = Object.values(begun.weights).filter(weight => !Object.values(model.weights).includes(weight));
  const trained = variablesOf(trainable(begun.weights));
  const weights: Weights = { ...begun.weights, ...trained };
  const start = optimizer.start(trained);
  const state = variablesOf(start);
  tf.dispose(start);
  const inTraining = { model: { ...model, weights }, trained, state };
  const stepOptions = { ...options, adapterDropout: lora?.dropout ?? 0 };
  const compileOptions = { name: 'of training', matmul, onFallback: once(onFallback) };
  const whole = compile(
    (ids: tf.Tensor2D, targets: tf.Tensor2D, lossMask: tf.Tensor2D, rate: tf.Scalar, seed: tf.Scalar) => {
      const next = takeStep(inTraining.model, state, { ids, targets, lossMask }, rate, stepOptions, seed);
      assign(trained, next.weights);
      assign(state, next.state);
      return { loss: next.loss, gradNorm: next.gradNorm };
    },
    compileOptions,
  );
  const inParts = accumulatedStep(inTraining, { ...stepOptions, seed }, compileOptions);

  const step = (batch: Batch | readonly Batch[], rate: number) => {
    const batches = 'ids' in batch ? [batch] : batch;
    const [first] = batches;
    if (!first) throw new RangeError('Cannot take a step: at least one batch is required, found none');
    const given = [tf.scalar(rate), tf.scalar(batchSeed(seed, 0), 'int32')] as const;
    try {
      if (batches.length > 1) return inParts(batches, given[0]);
      return whole(first.ids, first.targets, first.lossMask, ...given);
    } finally {
      tf.dispose([...given]);
    }
  };
  const dispose = () => {
    whole.dispose();
    inParts.dispose();
    tf.dispose([trained, state, added]);
  };
  return Object.assign(step, { trained, weights, state, dispose });
}

/** Says each message once, though several compiled steps have the same to say. */
function once(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return message => {
    if (!said.has(message)) say(message);
    said.add(message);
  };
}
