import type { Model } from '../model/index.ts';
import type { OnProgress } from '../runs/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import type { Block } from '../tokenize/index.ts';
import type { OptimizerOptions } from './named-optimizer.ts';
import type { ScheduleOptions } from './schedule.ts';
import type { TrainStepOptions } from './train-step.ts';

/** Samples answers of a model in training. */
export type Sampler = (
  /** The model as it is now; its weights change once the answers are returned, and are not to be disposed. */
  model: Model,
  options: { step: number; signal?: AbortSignal | undefined },
) => Promise<readonly Omit<TrainingSample, 'step'>[]>;

/** Options of {@link finetune}. Options that are undefined or left out have their default. */
export interface FinetuneOptions
  extends Pick<
      TrainStepOptions,
      'maxGradNorm' | 'dropout' | 'gradientCheckpointing' | 'matmul' | 'onFallback'
    >,
    Omit<ScheduleOptions, 'steps' | 'preset'>,
    OptimizerOptions {
  /** `paper`: a learning rate of 2e-3 after 1,000 warm-up steps, and `adafactor` with `multiplyByParameterScale` (§4.1). */
  preset?: 'paper';
  /** Passes over the blocks; default 1. */
  epochs?: number;
  /** Steps of the run, in place of epochs. */
  steps?: number;
  /** Most steps of the run: it ends there, although its epochs or `steps` are more. */
  maxSteps?: number;
  /** Blocks in a step; default 32. The last step of an epoch takes the rest. */
  batchSize?: number;
  /** Blocks in memory at once; default as many as hold 4,096 tokens. A step accumulates the gradients of several. */
  microBatchSize?: number;
  /**
   * Adapters to add and to train, while the model's own weights are frozen; their `seed` is by default the run's. The
   * trained model has them beside its weights: see `mergeLora` and `saveLora`.
   */
  lora?: NonNullable<TrainStepOptions['lora']>;
  /** Blocks to evaluate the loss on; they are not trained on. */
  evalBlocks?: readonly Block[];
  /** Steps between two evaluations; default once an epoch. The last step is evaluated too. */
  evalEvery?: number;
  /** Number of evaluations without a lower loss after which the run ends; the model is then the best, not the last. */
  patience?: number;
  /**
   * Samples answers during training, which are written to the run's `samples.jsonl`: `answerSampler` of
   * `imitation-lab/generate` makes one.
   */
  sample?: Sampler;
  /** Steps between two samples; default `evalEvery`. The last step is sampled too. */
  sampleEvery?: number;
  /** Seed of the order of the data and of all other random draws; default 0. */
  seed?: number;
  /** Folder to which the run is written, and from which it is resumed; without it nothing is written. */
  folder?: string;
  /** Steps between two checkpoints; default a tenth of all. */
  checkpointEvery?: number;
  /** Number of checkpoints to keep, beside the best one with `patience`; default 2. */
  keep?: number;
  /** Receives progress after each step: `progressLine()` draws it. */
  onProgress?: OnProgress;
  /** Receives each row when it is written. */
  onRow?: (row: TrainingRow) => void;
  /** Receives the samples of a step when they are written, after its row. */
  onSamples?: (samples: readonly TrainingSample[]) => void;
  /** Stops the run after the current step; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}
