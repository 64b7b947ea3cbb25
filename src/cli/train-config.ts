import type { TrainableModelOptions } from '../generate/index.ts';
import type { FinetuneOptions } from '../train/index.ts';

/** Options of `finetune` that a file can state. */
type TrainOptions = Pick<
  FinetuneOptions,
  | 'preset'
  | 'rate'
  | 'warmup'
  | 'decay'
  | 'epochs'
  | 'steps'
  | 'batch'
  | 'microBatch'
  | 'clip'
  | 'dropout'
  | 'checkpointing'
  | 'matmul'
  | 'lora'
  | 'evaluateEvery'
  | 'patience'
  | 'checkpointEvery'
  | 'keep'
  | 'seed'
>;

/** What `data/train-config.schema.json` describes. */
export interface TrainConfig extends TrainOptions, Omit<TrainableModelOptions, 'seed'> {
  data: string[];
  heldOut?: string[];
  run?: string;
  length?: number;
  layout?: 'join' | 'pad';
  optimizer?: 'adamw' | 'parameter-scale';
  backend?: 'tensorflow' | 'webgpu' | 'cpu';
}
