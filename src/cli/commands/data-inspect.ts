import { defineCommand } from '../declare/command.ts';

/** `imitation-lab data inspect`: the contents of a file of dialogues. */
export const dataInspectCommand = defineCommand({
  name: 'data inspect',
  summary: 'count the dialogues, turns and words of a file, and show some dialogues',
  arguments: {
    file: {
      type: 'string',
      kind: 'source',
      required: true,
      description:
        'dialogues (JSON Lines, JSON or Parquet, as turns, messages, conversations, or instruction and output), or a record name',
    },
  },
  options: {
    show: { type: 'integer', minimum: 0, default: 1, description: 'dialogues to show, the first ones' },
    json: { type: 'boolean', description: 'print JSON: dialogues, turns, and queries and answers in words' },
  },
  examples: ['imitation-lab data inspect sets/mix/dialogues.jsonl --show 3'],
});
