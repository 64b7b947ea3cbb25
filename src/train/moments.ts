import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { Weights } from '../model/index.ts';
import { type Optimizer, STEP, stepsTaken, tensorOf } from './optimizer.ts';

/** First and second moment of one weight. */
export interface Moments {
  first: Tensor;
  second: Tensor;
}

/** Rule by which one weight follows its gradient. */
export type WeightRule = (given: {
  weight: Tensor;
  gradient: Tensor;
  before: Moments;
  /** Number of this step, counted from 1. */
  step: Scalar;
  learningRate: Scalar;
}) => Moments & { weight: Tensor };

/** Makes an optimizer that treats each weight separately, and keeps two moments of each, in the weight's shape. */
export function withMoments(settings: NonNullable<Optimizer['settings']>, rule: WeightRule): Optimizer {
  return {
    settings,
    start: weights => {
      const state: Record<string, Tensor> = { [STEP]: tf.scalar(0) };
      for (const [name, weight] of Object.entries(weights)) {
        state[FIRST + name] = tf.zerosLike(weight);
        state[SECOND + name] = tf.zerosLike(weight);
      }
      return state;
    },
    update: (weights, gradients, state, learningRate) =>
      tf.tidy(() => {
        const step = tf.add(stepsTaken(state), 1) as Scalar;
        const next: Record<string, Tensor> = { [STEP]: step };
        const updated: Record<string, Tensor> = {};
        for (const [name, weight] of Object.entries(weights)) {
          const gradient = tensorOf(gradients, name, 'a gradient');
          const before = momentsOf(state, name);
          const after = tf.tidy(() => ({ ...rule({ weight, gradient, before, step, learningRate }) }));
          updated[name] = after.weight;
          next[FIRST + name] = after.first;
          next[SECOND + name] = after.second;
        }
        return { weights: updated, state: next };
      }),
  };
}

const FIRST = 'first moment of ';
const SECOND = 'second moment of ';

function momentsOf(state: Weights, name: string): Moments {
  return {
    first: tensorOf(state, FIRST + name, 'a state'),
    second: tensorOf(state, SECOND + name, 'a state'),
  };
}
