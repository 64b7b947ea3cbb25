import type { TrainableModelOptions } from '../generate/index.ts';
import type { FinetuneOptions } from '../train/index.ts';

/** Options of `finetune` that a file can state. */
type TrainOptions = Pick<
  FinetuneOptions,
  | 'preset'
  | 'learningRate'
  | 'warmupSteps'
  | 'schedule'
  | 'epochs'
  | 'steps'
  | 'batchSize'
  | 'microBatchSize'
  | 'maxGradNorm'
  | 'dropout'
  | 'gradientCheckpointing'
  | 'matmul'
  | 'lora'
  | 'evalEvery'
  | 'patience'
  | 'checkpointEvery'
  | 'keep'
  | 'seed'
>;

/** What `data/train-config.schema.json` describes. */
export interface TrainConfig extends TrainOptions, Omit<TrainableModelOptions, 'seed'> {
  data: string[];
  evalData?: string[];
  run?: string;
  sequenceLength?: number;
  packing?: boolean;
  optimizer?: 'adamw' | 'adafactor';
  backend?: 'tensorflow' | 'webgpu' | 'cpu';
}
