import { defineCommand } from '../declare/command.ts';
import { QUIET } from './shared.ts';
import { STUDY_FOLDER } from './study-options.ts';

/** `imitation-lab study verify`: re-runs a part of a study, and compares. */
export const studyVerifyCommand = defineCommand({
  name: 'study verify',
  summary: 'train and measure a sampled part of a study again, and compare its rows with the recorded ones',
  arguments: {},
  options: {
    sample: {
      type: 'integer',
      minimum: 1,
      default: 1,
      description: 'imitation models of one seed that are trained again',
    },
    draw: {
      type: 'integer',
      minimum: 0,
      default: 1,
      description: 'seed of the sample: another one draws another seed and other models',
    },
    out: {
      ...STUDY_FOLDER,
      description: 'the study’s folder, or a record (default: the recorded results)',
    },
    work: {
      type: 'string',
      kind: 'folder',
      description: 'folder of the runs that are done again; re-run to resume (default: a temporary folder)',
    },
    workers: {
      type: 'integer',
      minimum: 1,
      description: 'processes of one thread each (default: one for each core)',
    },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print the outcome as JSON' },
  },
  examples: ['imitation-lab study verify --sample 1'],
});
