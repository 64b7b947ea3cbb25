import type { ModelOptions } from '../../generate/index.ts';
import { defineConfigCommand } from '../declare/command.ts';
import { configFile } from '../declare/config-file.ts';
import { QUIET } from './shared.ts';

/** Config that `data/score-config.schema.json` describes. */
export interface ScoreConfig extends ModelOptions {
  input: string;
  out?: string;
  chat?: boolean;
}

/** `imitation-lab score`: log-likelihoods of continuations of prompts. */
export const scoreCommand = defineConfigCommand({
  name: 'score',
  summary: 'compute log-likelihoods of continuations; those that --out already scores are skipped',
  group: 'Models:',
  config: configFile<ScoreConfig>('score'),
  options: {
    quiet: QUIET,
    json: {
      type: 'boolean',
      description: 'print JSON lines: the rows, or with --out progress and the outcome',
    },
  },
  examples: [
    'imitation-lab score --model checkpoints/my-model --input continuations.jsonl --json',
    'imitation-lab score --model http://127.0.0.1:8000/v1 --model-name qwen --input continuations.jsonl --out scores.jsonl',
  ],
  notes:
    'logprob is in nats, summed over the tokens of the continuation. It is null where a row cannot be scored, and error gives the reason. greedy is true where each token is the model’s most likely one.',
});
