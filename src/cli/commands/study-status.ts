import { defineCommand } from '../declare/command.ts';
import { STUDY_OPTIONS } from './study-options.ts';

/** `imitation-lab study status`: how many runs of a study are done, failed and left. */
export const studyStatusCommand = defineCommand({
  name: 'study status',
  summary: 'report how many runs of a study are done, failed and left',
  arguments: {},
  options: {
    ...STUDY_OPTIONS,
    out: { type: 'string', kind: 'folder', required: true, description: 'the study’s folder' },
    json: { type: 'boolean', description: 'print it as JSON' },
  },
  examples: ['imitation-lab study status --scale mini --seeds 3 --out runs/mini'],
});
