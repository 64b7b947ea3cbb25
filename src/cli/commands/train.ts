import type { TrainableModelOptions } from '../../generate/index.ts';
import type { FinetuneOptions } from '../../train/index.ts';
import { defineConfigCommand } from '../declare/command.ts';
import { configFile } from '../declare/config-file.ts';
import { QUIET } from './shared.ts';

/** Options of `finetune` that a command line or a file can state. */
export type TrainOptions = Pick<
  FinetuneOptions,
  | 'preset'
  | 'learningRate'
  | 'warmupSteps'
  | 'schedule'
  | 'decaySteps'
  | 'weightDecay'
  | 'weightDecayFor'
  | 'beta1'
  | 'beta2'
  | 'epsilon'
  | 'epochs'
  | 'steps'
  | 'maxSteps'
  | 'batchSize'
  | 'microBatchSize'
  | 'maxGradNorm'
  | 'dropout'
  | 'gradientCheckpointing'
  | 'matmul'
  | 'lora'
  | 'evalEvery'
  | 'patience'
  | 'sampleEvery'
  | 'checkpointEvery'
  | 'keep'
  | 'seed'
>;

/** Config that `data/train-config.schema.json` describes. */
export interface TrainConfig extends TrainOptions, Omit<TrainableModelOptions, 'seed'> {
  data: string[];
  evalData?: string[];
  samplePrompts?: string;
  sampleCount?: number;
  sampleMaxTokens?: number;
  sampleTemperature?: number;
  run?: string;
  sequenceLength?: number;
  packing?: boolean;
  crossAttention?: boolean;
  optimizer?: 'adamw' | 'adafactor';
  backend?: 'tensorflow' | 'webgpu' | 'cpu';
}

/** `imitation-lab train`: fine-tunes a model, or trains one from scratch. */
export const trainCommand = defineConfigCommand({
  name: 'train',
  summary: 'fine-tune a model on dialogues, or train one from scratch; re-run to resume',
  group: 'Models:',
  config: configFile<TrainConfig>('train', {
    fileOnly: ['init'],
    registered: { init: async () => (await import('../../model/index.ts')).initSchema() },
  }),
  options: {
    quiet: QUIET,
    json: {
      type: 'boolean',
      description: 'print each step, each sampled answer and the outcome as JSON lines',
    },
  },
  examples: [
    'imitation-lab train --model checkpoints/gpt2 --data dialogues.jsonl --out imitation --learning-rate 1e-4 --epochs 2',
    'imitation-lab train --model checkpoints/gpt2 --data dialogues.jsonl --eval-data held-out.jsonl --sample-every 50 --out imitation --learning-rate 1e-4',
    'imitation-lab train --config train.json --json',
  ],
});
