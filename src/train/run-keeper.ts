import * as tf from '@tensorflow/tfjs';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import type { TrainStep } from './train-step.ts';

/** A moment of a run that is to be kept. */
export interface Moment {
  /** Steps taken. */
  step: number;
  /** The row of that step, where its evaluation was interrupted and is to be done again. */
  open: TrainingRow | undefined;
  /** Where the held-out loss was lowest, if the run is to end in the weights of that step. */
  best: { step: number; loss: number } | undefined;
}

/** Keeps what a run brings forth. */
export interface RunKeeper {
  /** Rows of the steps that were taken before. */
  readonly rows: readonly TrainingRow[];
  /** Gives variables the values of the last kept moment. @returns the row that is open there. */
  restore(step: TrainStep): Promise<TrainingRow | undefined>;
  add(row: TrainingRow, samples?: readonly TrainingSample[]): Promise<void>;
  save(moment: Moment, step: TrainStep): Promise<void>;
  /** The trained weights of a moment, as new tensors. */
  trainedAt(step: number): Promise<Record<string, tf.Tensor>>;
}

/** Keeps the weights of the best step in memory, and nothing else. */
export function memoryKeeper(): RunKeeper {
  const kept = new Map<string, { shape: number[]; values: Float32Array }>();
  return {
    rows: [],
    restore: async () => undefined,
    add: async () => {},
    save: async ({ step: taken, best }, { trained }) => {
      if (taken !== best?.step) return;
      for (const [name, weight] of Object.entries(trained)) {
        // A copy: a backend may hand out its own memory.
        kept.set(name, { shape: weight.shape, values: (await weight.data<'float32'>()).slice() });
      }
    },
    trainedAt: async () =>
      Object.fromEntries([...kept].map(([name, { shape, values }]) => [name, tf.tensor(values, shape)])),
  };
}
