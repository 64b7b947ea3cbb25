import { defineCommand } from '../declare/command.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study check-labels`: looks up labelled sentences in their worlds' facts, for manual checks. */
export const studyCheckLabelsCommand = defineCommand({
  name: 'study check-labels',
  summary:
    'look up 50 labelled sentences in the world’s facts, independently of the labeller, and print them to read',
  arguments: {},
  options: {
    out: {
      ...STUDY_FOLDER,
      required: true,
      description: 'the study’s folder, or a record; label-check.jsonl is written there',
    },
    read: {
      type: 'boolean',
      description: 'mark the sentences as checked manually, with every label correct',
    },
  },
  examples: ['imitation-lab study check-labels --out data/runs/mini'],
});
