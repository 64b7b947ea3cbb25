import { defineCommand } from '../declare/command.ts';

/** `imitation-lab study check-labels`: looks labelled sentences up in their worlds' facts, to be read by eye. */
export const studyCheckLabelsCommand = defineCommand({
  name: 'study check-labels',
  summary:
    'look 50 labelled sentences up in the world’s facts, apart from the labeller, and print them to read',
  arguments: {},
  options: {
    out: {
      type: 'string',
      kind: 'input',
      placeholder: 'folder',
      required: true,
      description: 'the study’s folder, or a record; label-check.jsonl is written there',
    },
    read: { type: 'boolean', description: 'mark the sentences as read by eye, every label found right' },
  },
  examples: ['imitation-lab study check-labels --out data/runs/mini'],
});
