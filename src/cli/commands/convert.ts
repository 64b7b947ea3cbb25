import { defineConfigCommand } from '../declare/command.ts';
import { configFile } from '../declare/config-file.ts';
import { QUIET } from './shared.ts';

/** Config that `data/convert-config.schema.json` describes. */
export interface ConvertConfig {
  from: string;
  to: string;
  dtype: 'f32' | 'f16' | 'bf16' | 'q8_0';
  /** Such as `200MB`. */
  maxShardSize?: string;
}

/** `imitation-lab convert`: a model as a folder that Transformers loads, or as a GGUF file. */
export const convertCommand = defineConfigCommand({
  name: 'convert',
  summary:
    'write a GGUF file, or a folder, as a folder that Transformers loads, or as a GGUF file for llama.cpp and Ollama',
  group: 'Models:',
  config: configFile<ConvertConfig>('convert', { arguments: ['from', 'to'] }),
  options: {
    quiet: QUIET,
    json: { type: 'boolean', description: 'print progress and the files as JSON lines' },
  },
  examples: [
    'imitation-lab convert SmolLM2.gguf models/smollm2 --dtype bf16 --max-shard-size 200MB',
    'imitation-lab convert imitation imitation.gguf --dtype q8_0',
  ],
});
