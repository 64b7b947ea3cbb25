import { defineCommand } from '../declare/command.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study record`: writes the part of a study that the package publishes. */
export const studyRecordCommand = defineCommand({
  name: 'study record',
  summary: 'write all rows of a finished study, its manifest and a sample of its answers',
  arguments: {},
  options: {
    out: {
      ...STUDY_FOLDER,
      required: true,
      description: 'the study’s folder',
    },
    to: {
      type: 'string',
      kind: 'folder',
      required: true,
      description: 'folder to write, such as data/runs/mini',
    },
    json: { type: 'boolean', description: 'print JSON: the numbers of rows and answers' },
  },
  examples: ['imitation-lab study record --out runs/mini --to data/runs/mini'],
});
