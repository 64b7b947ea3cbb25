import type { Scalar, Variable } from '@tensorflow/tfjs';
import { compile, type MatmulType, tf } from '../compute/index.ts';
import { addLora, type LoraOptions, type Model, type Weights } from '../model/index.ts';
import { accumulatedStep } from './accumulated-step.ts';
import { type Batch, type BatchTensors, tensorsOf } from './batch.ts';
import { batchSeed, requireDropoutRate } from './dropout.ts';
import { trainable } from './gradients.ts';
import { type StepOptions, takeStep } from './take-step.ts';
import { assign, variablesOf } from './variables.ts';

/** Options of {@link trainStep}. */
export interface TrainStepOptions extends Omit<StepOptions, 'adapterDropout'> {
  /**
   * Adapters to add and to train, while the model's own weights are frozen; `dropout` is the dropout rate of each
   * adapter's input, default 0. Without: the adapters that the model has, else all weights.
   */
  lora?: LoraOptions & { dropout?: number };
  /** Seed of the dropout masks, a whole number; default 0. A mask follows from it and the number of the step. */
  seed?: number;
  /** Type in which compiled steps multiply matrices; see {@link compile}. Default float32. */
  matmul?: MatmulType;
  /** Receives, once, the reason why steps are not compiled, which is slower; default a warning on the console. */
  onFallback?: (message: string) => void;
}

/** Step of training, with the weights that it changes. */
export interface TrainStep {
  /**
   * Takes one step.
   *
   * @param batch of several, which may differ in shape, one at a time is in memory; the loss is the mean over all their
   *   supervised tokens. If there are none, no weight changes.
   * @param learningRate of this step.
   * @returns scalars for the caller to dispose: the loss before the step, nats per supervised token, and the norm
   *   of its gradients before clipping.
   * @throws {RangeError} if shapes disagree, a batch is longer than the model's context, or there is none.
   */
  (batch: Batch | readonly Batch[], learningRate: number): { loss: Scalar; gradNorm: Scalar };
  /** Weights that the step changes: the matrices of adapters if there are some, else all. */
  readonly trained: Readonly<Record<string, Variable>>;
  /** All weights of the model as they are now: for evaluation, samples and saving. */
  readonly weights: Weights;
  /** State of the optimizer. */
  readonly state: Readonly<Record<string, Variable>>;
  /** Frees the weights in training, the state and the compiled steps. */
  dispose(): void;
}

/**
 * Prepares a model for training. The step is {@link takeStep}, compiled if the backend compiles.
 *
 * @param model keeps its weights: training changes variables that start from them. If it has adapters, or gets some by
 *   `options.lora`, only those are trained, and its own weights must not be disposed before the step.
 * @throws {RangeError} if a constant is out of bounds, or `lora` is given for a model that has adapters.
 * @example
 * // Given model, batch, learningRateAt.
 * const step = trainStep(model, { optimizer: adamw() });
 * const { loss, gradNorm } = step(batch, learningRateAt(1));
 */
export function trainStep(model: Model, options: TrainStepOptions): TrainStep {
  const { lora, optimizer, seed = 0, matmul = 'float32', onFallback = console.warn } = options;
  for (const share of [options.dropout ?? 0, lora?.dropout ?? 0]) requireDropoutRate(share);
  const adapted = lora ? addLora(model, lora) : model;
  const added = Object.values(adapted.weights).filter(
    weight => !Object.values(model.weights).includes(weight),
  );
  const trained = variablesOf(trainable(adapted.weights));
  const weights: Weights = { ...adapted.weights, ...trained };
  const start = optimizer.start(trained);
  const state = variablesOf(start);
  tf.dispose(start);
  const inTraining = { model: { ...model, weights }, trained, state };
  const stepOptions = { ...options, adapterDropout: lora?.dropout ?? 0 };
  const compileOptions = { name: 'of training', matmul, onFallback: once(onFallback) };
  const whole = compile(
    (learningRate: Scalar, seed: Scalar, ...[ids, targets, lossMask, positions]: BatchTensors) => {
      const next = takeStep(
        inTraining.model,
        state,
        { ids, targets, lossMask, positions },
        learningRate,
        stepOptions,
        seed,
      );
      assign(trained, next.weights);
      assign(state, next.state);
      return { loss: next.loss, gradNorm: next.gradNorm };
    },
    compileOptions,
  );
  const inParts = accumulatedStep(inTraining, { ...stepOptions, seed }, compileOptions);

  const step = (batch: Batch | readonly Batch[], learningRate: number) => {
    const batches = 'ids' in batch ? [batch] : batch;
    const [first] = batches;
    if (!first) throw new RangeError('Cannot take a step: there must be at least one batch, got none');
    const given = [tf.scalar(learningRate), tf.scalar(batchSeed(seed, 0), 'int32')] as const;
    try {
      if (batches.length > 1) return inParts(batches, given[0]);
      return whole(...given, ...tensorsOf(first));
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

/** Reports each message once, though several compiled steps may report it. */
function once(report: (message: string) => void): (message: string) => void {
  const reported = new Set<string>();
  return message => {
    if (!reported.has(message)) report(message);
    reported.add(message);
  };
}
