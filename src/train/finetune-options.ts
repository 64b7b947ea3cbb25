import type { Model } from '../model/index.ts';
import type { OnProgress } from '../runs/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import type { Block } from '../tokenize/index.ts';
import type { Optimizer } from './optimizer.ts';
import type { TrainStepOptions } from './train-step.ts';

/** What a model in training answers. */
export type Sampler = (
  /** The model as it is now; its weights change once the answer is given, and are not the sampler's to dispose. */
  model: Model,
  options: { step: number; signal?: AbortSignal | undefined },
) => Promise<readonly Omit<TrainingSample, 'step'>[]>;

/** How to fine-tune. Options that are undefined or left out have their default. */
export interface FinetuneOptions
  extends Pick<
    TrainStepOptions,
    'maxGradNorm' | 'dropout' | 'gradientCheckpointing' | 'matmul' | 'onFallback'
  > {
  /** `paper`: a learning rate of 2e-3 after 1,000 warm-up steps, and `adafactor` with `multiplyByParameterScale` (§4.1). */
  preset?: 'paper';
  /** Peak of the learning rate; required without a preset. */
  learningRate?: number;
  /** Default `adamw`; the preset's is `adafactor`. */
  optimizer?: 'adamw' | 'adafactor' | Optimizer;
  /** Steps over which the learning rate rises; default a tenth of all, at most 1,000. */
  warmupSteps?: number;
  /** After the warm-up the learning rate stays, or falls along half a cosine; default `constant`. */
  schedule?: 'constant' | 'cosine';
  /** How often each block is seen; default 1. */
  epochs?: number;
  /** Steps of the run, in place of epochs. */
  steps?: number;
  /** Blocks that one step learns from; default 32. The last step of an epoch takes what is left. */
  batchSize?: number;
  /** Blocks in memory at once; default as many as hold 4,096 tokens. A step adds up the gradients of several. */
  microBatchSize?: number;
  /**
   * Adapters to add and to train, while the model's own weights stay as they are; their `seed` is by default the
   * run's. The model that comes of it has them beside its weights: see `mergeLora` and `saveLora`.
   */
  lora?: NonNullable<TrainStepOptions['lora']>;
  /** Blocks to evaluate the loss on; they are not trained on. */
  evalBlocks?: readonly Block[];
  /** Steps between two evaluations; default once an epoch. The last step is evaluated too. */
  evalEvery?: number;
  /** Ends the run after so many evaluations without a lower loss; the model is then the best one, not the last. */
  patience?: number;
  /** Lets the model answer during training; the answers stand in the run's `samples.jsonl`. */
  sample?: Sampler;
  /** Steps between two samples; default as between two evaluations. */
  sampleEvery?: number;
  /** Of the order of the data, and whatever else is drawn; default 0. */
  seed?: number;
  /** Where the run is written, and goes on from; without it nothing is written. */
  folder?: string;
  /** Steps between two checkpoints; default a tenth of all. */
  checkpointEvery?: number;
  /** Checkpoints that stay, the best one beside them where there is patience; default 2. */
  keep?: number;
  /** Told after each step: `progressLine()` draws it. */
  onProgress?: OnProgress;
  /** Given each row, as it is written. */
  onRow?: (row: TrainingRow) => void;
  /** Stops the run after the step that it is at; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}
