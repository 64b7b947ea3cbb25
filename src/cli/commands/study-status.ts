import { defineCommand } from '../declare/command.ts';
import { STUDY_OPTIONS } from './study-options.ts';

/** `imitation-lab study status`: the numbers of completed, failed and pending runs. */
export const studyStatusCommand = defineCommand({
  name: 'study status',
  summary: 'print the numbers of completed, failed and pending runs of a study',
  arguments: {},
  options: {
    ...STUDY_OPTIONS,
    out: { type: 'string', kind: 'folder', required: true, description: 'the study’s folder' },
    json: { type: 'boolean', description: 'print it as JSON' },
  },
  examples: ['imitation-lab study status --scale mini --seeds 3 --out runs/mini'],
});
