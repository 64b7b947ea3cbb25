import { defineCommand } from '../declare/command.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study record`: writes the part of a study that the package publishes. */
export const studyRecordCommand = defineCommand({
  name: 'study record',
  summary:
    'add the finished seeds of a study to a record: all their rows, the manifest and a sample of the answers',
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
      description:
        'folder of the record, such as data/runs/mini; seeds that it holds are kept, those of another plan refused',
    },
    json: {
      type: 'boolean',
      description: 'print JSON: the seeds added and held, the numbers of rows and answers',
    },
  },
  examples: ['imitation-lab study record --out runs/mini --to data/runs/mini'],
});
