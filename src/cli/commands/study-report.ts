import { defineCommand } from '../declare/command.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study report`: the results of a study. */
export const studyReportCommand = defineCommand({
  name: 'study report',
  summary: 'print the results of a study: by model and base model, leakage, and the verdict on each claim',
  arguments: {},
  options: {
    out: {
      ...STUDY_FOLDER,
      description: 'the study’s folder (default: the recorded results)',
    },
    json: { type: 'boolean', description: 'print it as JSON' },
  },
  examples: ['imitation-lab study report', 'imitation-lab study report --out runs/mini --json'],
});
