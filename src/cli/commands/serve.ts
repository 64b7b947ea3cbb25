import type { ModelOptions } from '../../generate/index.ts';
import { defineConfigCommand } from '../declare/command.ts';
import { configFile } from '../declare/config-file.ts';

/** Config that `data/serve-config.schema.json` describes. */
export interface ServeConfig extends ModelOptions {
  host: string;
  port: number;
  clientKeyEnv: string;
  origin?: string;
  maxConcurrentRequests: number;
}

/** `imitation-lab serve`: a model behind OpenAI's API, until Ctrl-C. */
export const serveCommand = defineConfigCommand({
  name: 'serve',
  summary: 'serve a model by OpenAI’s API: completions with log-probabilities and echo, chat, tokenizer',
  group: 'Models:',
  config: configFile<ServeConfig>('serve', { arguments: ['model'] }),
  options: { json: { type: 'boolean', description: 'print each request as a JSON line' } },
  examples: [
    'imitation-lab serve checkpoints/my-model --model-name my-model',
    'imitation-lab serve answers.jsonl --port 0 --json',
  ],
});
