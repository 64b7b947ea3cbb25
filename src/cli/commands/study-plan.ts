import { defineCommand } from '../declare/command.ts';
import { STUDY_OPTIONS } from './study-options.ts';

/** `imitation-lab study plan`: the runs of a study. */
export const studyPlanCommand = defineCommand({
  name: 'study plan',
  summary: 'list the runs of a study',
  arguments: {},
  options: { ...STUDY_OPTIONS, json: { type: 'boolean', description: 'print each run as a JSON line' } },
  examples: ['imitation-lab study plan --scale tiny --seeds 1'],
});
