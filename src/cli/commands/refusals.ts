import { defineCommand } from '../declare/command.ts';
import { COLUMNS, SEED, SERVER_OPTIONS } from './shared.ts';

const { modelName: _, ...SERVER } = SERVER_OPTIONS;

/** `imitation-lab refusals`: how often a model refuses. */
export const refusalsCommand = defineCommand({
  name: 'refusals',
  summary: 'count answers that refuse, by a lexicon or a judge model',
  group: 'Measure texts:',
  arguments: {},
  options: {
    model: {
      type: 'string',
      kind: 'source',
      required: true,
      description: 'the model’s answers: a file in any known format, or a record name',
    },
    modelName: {
      type: 'string',
      kind: 'name',
      description: 'the model, where the file holds several',
    },
    prompts: {
      type: 'string',
      kind: 'source',
      description: 'the prompts, if the answers do not include them',
    },
    harmless: {
      type: 'string',
      kind: 'source',
      description: 'prompts that no model should refuse: refusals of them are over-refusals',
    },
    columns: COLUMNS,
    strict: { type: 'boolean', description: 'refuse files that hold a row that cannot be read' },
    judge: {
      type: 'string',
      kind: 'model',
      group: 'Model:',
      description: 'ask this model in place of the lexicon, as --model of other commands',
    },
    judgeModel: {
      type: 'string',
      kind: 'name',
      group: 'Model:',
      description: 'the judge’s name, beside an address',
    },
    ...SERVER,
    check: {
      type: 'boolean',
      description: 'also print the agreement with labelled public answers, which are fetched',
    },
    seed: { ...SEED, description: 'seed of the bootstrap' },
    json: { type: 'boolean', description: 'print JSON: shares as {value, low, high, n}, and every verdict' },
  },
  examples: [
    'imitation-lab refusals --model fastchat/vicuna-13b --prompts fastchat/questions',
    'imitation-lab refusals --model mine.jsonl --harmless harmless.jsonl --judge http://127.0.0.1:8000/v1 --judge-model qwen',
  ],
  notes:
    'The lexicon is English. Its agreement, or the judge’s with --check, with answers that a person labelled is printed beside the counts.',
});
