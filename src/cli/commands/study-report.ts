import { defineCommand } from '../declare/command.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study report`: the results of a study. */
export const studyReportCommand = defineCommand({
  name: 'study report',
  summary:
    'print the results of a study: by model and base model, leakage, validity, and the verdict on each claim',
  arguments: {},
  options: {
    out: {
      ...STUDY_FOLDER,
      description: 'the study’s folder (default: the recorded results)',
    },
    json: {
      type: 'boolean',
      description: 'print validity and verdicts as JSON, by data/study-report.schema.json',
    },
  },
  examples: ['imitation-lab study report', 'imitation-lab study report --out runs/mini --json'],
});
