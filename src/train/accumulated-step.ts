import type { Rank, Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import { type CompileOptions, compile, tf } from '../compute/index.ts';
import type { Model } from '../model/index.ts';
import { type Batch, type BatchTensors, tensorsOf } from './batch.ts';
import { batchSeed } from './dropout.ts';
import { follow, lossGradients, type StepOptions } from './take-step.ts';
import { assign, type Variables, variablesOf } from './variables.ts';

/** Model in training. */
export interface InTraining {
  /** Its weights include those that are trained. */
  model: Model;
  trained: Variables;
  state: Variables;
}

/** Step over several batches. */
export interface AccumulatedStep {
  (batches: readonly Batch[], learningRate: Scalar): { loss: Scalar; gradNorm: Scalar };
  dispose(): void;
}

/** Sums over the batches so far: of the losses and gradients of all their tokens, and of the tokens. */
interface Sums {
  loss: Variable<Rank.R0>;
  tokens: Variable<Rank.R0>;
  gradients: Variables;
}

/**
 * Makes a step on the mean loss over all supervised tokens of several batches, as if they were one, though only one at
 * a time is in memory: each adds to sums of gradients, which the update then divides by the tokens.
 */
export function accumulatedStep(
  { model, trained, state }: InTraining,
  options: StepOptions & { seed: number },
  compileOptions: CompileOptions,
): AccumulatedStep {
  let sums: Sums | undefined;

  const add = compile((seed: Scalar, ...[ids, targets, lossMask, positions]: BatchTensors) => {
    const { loss, tokens, gradients: before } = started();
    const found = lossGradients(model, state, { ids, targets, lossMask, positions }, options, seed);
    const count = tf.sum(lossMask);
    loss.assign(tf.add(loss, tf.mul(found.loss, count)));
    tokens.assign(tf.add(tokens, count));
    for (const [name, sum] of Object.entries(before)) {
      sum.assign(tf.add(sum, tf.mul(found.gradients[name] as Tensor, count)));
    }
  }, compileOptions);

  const update = compile((learningRate: Scalar) => {
    const { loss, tokens, gradients: summed } = started();
    const count = tf.maximum(tokens, 1);
    const mean = Object.entries(summed).map(([name, sum]) => [name, tf.div(sum, count)]);
    const next = follow(trained, Object.fromEntries(mean), state, learningRate, options);
    const result = { loss: tf.div(loss, count) as Scalar, gradNorm: next.gradNorm };
    assign(trained, next.weights);
    assign(state, next.state);
    clear();
    return result;
  }, compileOptions);

  /** Returns the sums, allocated when they are first needed: they take as much memory as the weights. */
  function started(): Sums {
    sums ??= tf.tidy(() => ({
      loss: tf.variable(tf.scalar(0)),
      tokens: tf.variable(tf.scalar(0)),
      gradients: variablesOf(
        Object.fromEntries(Object.entries(trained).map(([name, weight]) => [name, tf.zerosLike(weight)])),
      ),
    }));
    return sums;
  }

  function clear(): void {
    if (!sums) return;
    for (const sum of [sums.loss, sums.tokens, ...Object.values(sums.gradients)])
      sum.assign(tf.zerosLike(sum));
  }

  const step = (batches: readonly Batch[], learningRate: Scalar) => {
    started();
    try {
      batches.forEach((batch, i) => {
        tf.tidy(() => add(tf.scalar(batchSeed(options.seed, i), 'int32'), ...tensorsOf(batch)));
      });
      return update(learningRate);
    } catch (error) {
      tf.tidy(clear);
      throw error;
    }
  };
  const dispose = () => {
    add.dispose();
    update.dispose();
    if (sums) tf.dispose([sums.loss, sums.tokens, sums.gradients]);
  };
  return Object.assign(step, { dispose });
}
