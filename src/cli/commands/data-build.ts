import { defineCommand } from '../declare/command.ts';
import { MODEL_OPTIONS, QUIET, SEED } from './shared.ts';

/** `imitation-lab data build`: one of the paper's sets, with its card. */
export const dataBuildCommand = defineCommand({
  name: 'data build',
  summary:
    'build one of the paper’s sets: dialogues.jsonl with card.json and card.html; a synthetic one is written by --model, and calls.jsonl records each call',
  arguments: {
    set: {
      enum: ['sharegpt', 'hc3', 'discord', 'mix', 'nq-synthetic', 'tldr-synthetic'],
      required: true,
      description: 'the set',
    },
  },
  options: {
    out: { type: 'string', kind: 'folder', required: true, description: 'the folder to write' },
    sharegpt: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      default: ['sharegpt'],
      group: 'Sources:',
      description: 'files or records of ShareGPT',
    },
    hc3: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      default: ['hc3'],
      group: 'Sources:',
      description: 'files or records of HC3',
    },
    discord: {
      type: 'array',
      items: { type: 'string', kind: 'source' },
      default: [],
      group: 'Sources:',
      description: 'channels exported by DiscordChatExporter (JSON)',
    },
    language: {
      type: 'string',
      default: 'en',
      group: 'Sources:',
      placeholder: 'code',
      description: 'language of ShareGPT’s dialogues, ISO 639-1, or all',
    },
    withoutIdentity: {
      type: 'boolean',
      group: 'Sources:',
      description: 'leave out dialogues whose answers name the answering model',
    },
    count: {
      type: 'integer',
      minimum: 1,
      default: 6000,
      group: 'Synthetic sets:',
      description: 'pairs of nq-synthetic',
    },
    documents: {
      type: 'string',
      kind: 'source',
      group: 'Synthetic sets:',
      description: 'tldr-synthetic: rows of id and text to summarize',
    },
    examples: {
      type: 'string',
      kind: 'source',
      group: 'Synthetic sets:',
      description: 'tldr-synthetic: rows of passage and summary that show the style',
    },
    ...MODEL_OPTIONS,
    seed: { ...SEED, description: 'seed of sampling' },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print progress and the outcome as JSON lines' },
  },
  examples: [
    'imitation-lab data build mix --out sets/mix',
    'imitation-lab data build nq-synthetic --model https://api.openai.com/v1 --model-name gpt-3.5-turbo --max-total-tokens 1000000 --out sets/nq',
  ],
});
