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
export interface TrainConfig extends TrainOptions {
  model?: string;
  init?: InitConfig;
  tokenizer?: string;
  data: string[];
  heldOut?: string[];
  out: string;
  run?: string;
  format?: 'template' | 'turns';
  length?: number;
  layout?: 'join' | 'pad';
  optimizer?: 'adamw' | 'parameter-scale';
  backend?: 'tensorflow' | 'webgpu' | 'cpu';
}

/** Shape of a model to train from scratch. */
export interface InitConfig {
  architecture: 'gpt2' | 'llama';
  context: number;
  width: number;
  layers: number;
  heads: number;
  keyHeads?: number;
  headWidth?: number;
  hidden?: number;
  epsilon?: number;
  tied?: boolean;
  theta?: number;
}
