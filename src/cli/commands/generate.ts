import type { ModelOptions } from '../../generate/index.ts';
import { defineConfigCommand } from '../declare/command.ts';
import { configFile } from '../declare/config-file.ts';
import { QUIET } from './shared.ts';

/** Config that `data/generate-config.schema.json` describes. */
export interface GenerateConfig extends ModelOptions {
  prompts: string;
  out: string;
  maxTokens: number;
  temperature: number;
  topP: number;
  seed: number;
  /** Answers to each prompt, drawn with seeds of their own. */
  samples: number;
  stop?: string[];
  chat?: boolean;
  /** Money for a million tokens of prompts and of answers. */
  price?: Readonly<Record<string, number>>;
}

/** `imitation-lab generate`: a model's answers to a file of prompts. */
export const generateCommand = defineConfigCommand({
  name: 'generate',
  summary: 'answer a file of prompts; answers that --out already holds are skipped',
  group: 'Models:',
  config: configFile<GenerateConfig>('generate'),
  options: {
    quiet: QUIET,
    json: { type: 'boolean', description: 'print progress and the outcome as JSON lines' },
  },
  examples: [
    'imitation-lab generate --model SmolLM2.gguf --prompts prompts.jsonl --out answers.jsonl --chat',
    'imitation-lab generate --model http://127.0.0.1:8000/v1 --model-name qwen --prompts prompts.jsonl --out answers.jsonl',
    'imitation-lab generate --config generate.json --max-tokens 512',
  ],
});
