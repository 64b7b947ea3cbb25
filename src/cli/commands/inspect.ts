import { defineCommand } from '../declare/command.ts';
import { COLUMNS } from './shared.ts';

/** `imitation-lab inspect`: what is understood of a file. */
export const inspectCommand = defineCommand({
  name: 'inspect',
  summary: 'print what is understood of a file of answers, conversations, prompts or reviews',
  group: 'Measure texts:',
  arguments: {
    file: {
      type: 'string',
      kind: 'source',
      required: true,
      description: 'JSON, JSON Lines, CSV, Parquet or Arrow, perhaps compressed by gzip; or a record name',
    },
  },
  options: {
    columns: COLUMNS,
    format: {
      type: 'string',
      kind: 'name',
      description: 'name of the format, where it is not to be found by the content',
    },
    strict: { type: 'boolean', description: 'refuse a file that holds a row that cannot be read' },
    show: { type: 'integer', minimum: 0, default: 1, description: 'prompts to show, the first ones' },
    json: {
      type: 'boolean',
      description:
        'print one line of JSON: format, kind, rows, prompts, models, teacher, reference, ignored, skipped, notes',
    },
  },
  examples: [
    'imitation-lab inspect answers.csv',
    'imitation-lab inspect answers.csv --columns prompt=question,models=gpt-4,mine,reference=answer --json',
  ],
});
