import { defineCommand } from '../declare/command.ts';
import { QUIET } from './shared.ts';
import { STUDY_OPTIONS } from './study-options.ts';

/** `imitation-lab study run`: runs a study, or resumes it. */
export const studyRunCommand = defineCommand({
  name: 'study run',
  summary: 'run a study; runs that --out already holds are skipped',
  arguments: {},
  options: {
    ...STUDY_OPTIONS,
    out: {
      type: 'string',
      kind: 'folder',
      description:
        'folder of the runs, with rows.jsonl, answers.jsonl, facts.jsonl and manifest.json at the end',
    },
    workers: {
      type: 'integer',
      minimum: 1,
      description: 'processes (default: one for each core; full: 1)',
    },
    dryRun: {
      type: 'boolean',
      description:
        'full: check data, memory and device, estimate every run, and rehearse each stage on two examples with tiny weights',
    },
    quiet: QUIET,
    json: { type: 'boolean', description: 'print progress, each run and the outcome as JSON lines' },
  },
  examples: [
    'imitation-lab study run --scale tiny --seeds 1 --out runs/tiny',
    'imitation-lab study run --scale mini --seeds 3 --out runs/mini',
    'imitation-lab study run --scale full --config study.json --dry-run',
  ],
});
