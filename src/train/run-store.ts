import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import type { BestEvaluation } from './early-stopping.ts';
import type { TrainStep } from './train-step.ts';

/** Position in a run at which it can be resumed. */
export interface RunPosition {
  /** Steps taken. */
  step: number;
  /** Row of that step if its evaluation was interrupted, and is to be repeated. */
  pending: TrainingRow | undefined;
  /** Best evaluation so far, if the run is to end in the weights of that step. */
  best: BestEvaluation | undefined;
}

/** Storage of a run's rows, samples and checkpoints. */
export interface RunStore {
  /** Rows of the steps that were taken before. */
  readonly rows: readonly TrainingRow[];
  /** Restores the variables of the last checkpoint. @returns the row that is pending there. */
  restore(step: TrainStep): Promise<TrainingRow | undefined>;
  append(row: TrainingRow, samples?: readonly TrainingSample[]): Promise<void>;
  save(position: RunPosition, step: TrainStep): Promise<void>;
  /** Reads the trained weights of a step that was saved, as new tensors. */
  trainedAt(step: number): Promise<Record<string, Tensor>>;
}

/** Keeps the weights of the best step in memory, and nothing else. */
export function memoryStore(): RunStore {
  const kept = new Map<string, { shape: number[]; values: Float32Array }>();
  return {
    rows: [],
    restore: async () => undefined,
    append: async () => {},
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
