import { defineCommand } from '../declare/command.ts';
import { COLUMNS, SEED } from './shared.ts';

/** `imitation-lab style`: Table 2 for one pair of models. */
export const styleCommand = defineCommand({
  name: 'style',
  summary: 'measure the similarity of a model’s style to its teacher’s (Table 2)',
  group: 'Measure texts:',
  arguments: {},
  options: {
    teacher: {
      type: 'string',
      kind: 'source',
      required: true,
      description: 'the teacher’s answers: a file in any known format, or a record name',
    },
    model: { type: 'string', kind: 'source', required: true, description: 'the model’s answers: the same' },
    teacherName: {
      type: 'string',
      kind: 'name',
      description: 'the teacher, where its file holds several models',
    },
    modelName: { type: 'string', kind: 'name', description: 'the model, where its file holds several' },
    prompts: {
      type: 'string',
      kind: 'source',
      description: 'the prompts, if the answers do not include them: echoes of them are cut',
    },
    columns: COLUMNS,
    strict: { type: 'boolean', description: 'refuse files that hold a row that cannot be read' },
    seed: { ...SEED, description: 'seed of the bootstrap' },
    resamples: {
      type: 'integer',
      minimum: 1,
      default: 2000,
      description: 'bootstrap resamples of each 95 % interval',
    },
    json: {
      type: 'boolean',
      description: 'print JSON: every measure as {value, low, high, n}; unigram in percent',
    },
  },
  examples: [
    'imitation-lab style --teacher gpt-4.jsonl --model my-model.jsonl',
    'imitation-lab style --teacher fastchat/gpt35 --model fastchat/vicuna-13b --prompts fastchat/questions --json',
  ],
});
