import { defineCommand } from '../declare/command.ts';
import { OTHER_STUDY_OPTIONS } from './study-options.ts';

/** `imitation-lab study status`: the numbers of completed, failed and pending runs. */
export const studyStatusCommand = defineCommand({
  name: 'study status',
  summary: 'print the numbers of completed, failed and pending runs of the study in a folder',
  arguments: {},
  options: {
    ...OTHER_STUDY_OPTIONS,
    out: {
      type: 'string',
      kind: 'folder',
      required: true,
      description: 'the study’s folder, which states its plan',
    },
    json: { type: 'boolean', description: 'print it as JSON' },
  },
  examples: [
    'imitation-lab study status --out runs/mini',
    'imitation-lab study status --out runs/mini --seeds 301-310',
  ],
});
