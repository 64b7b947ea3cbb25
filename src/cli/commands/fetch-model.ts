import { defineCommand } from '../declare/command.ts';
import { QUIET } from './shared.ts';

/** `imitation-lab fetch model`: fetches a model from the hub. */
export const fetchModelCommand = defineCommand({
  name: 'fetch model',
  summary: 'fetch a model: config, tokenizer and weights in safetensors, or one GGUF file',
  arguments: {
    id: {
      type: 'string',
      kind: 'name',
      required: true,
      description:
        'its name on Hugging Face’s hub, such as HuggingFaceTB/SmolLM2-135M; or smollm2-135m-instruct',
    },
  },
  options: {
    revision: { type: 'string', kind: 'name', description: 'branch, tag or commit (default: main)' },
    file: { type: 'string', kind: 'name', description: 'a GGUF file of the repository, to fetch alone' },
    hub: { type: 'string', kind: 'url', description: 'another hub with the same API' },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print JSON' },
  },
  examples: [
    'imitation-lab fetch model HuggingFaceTB/SmolLM2-135M',
    'imitation-lab fetch model smollm2-135m-instruct',
  ],
  notes: 'HF_TOKEN in the environment is the access token for models behind a licence.',
});
