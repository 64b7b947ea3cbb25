import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { runFolder } from '../../../src/jobs/plan-folder.ts';
import { type JsonObject, type PlannedRun, planRun } from '../../../src/jobs/planned-run.ts';
import { type RunEvent, runPlan } from '../../../src/jobs/run-plan.ts';

const STAGES = new URL('toy-stages.mjs', import.meta.url);

/** Plans a run of a stage of `toy-stages.mjs`. */
export const toy = (
  stage: string,
  config: JsonObject = {},
  inputs: Readonly<Record<string, PlannedRun>> = {},
  version = 1,
) =>
  planRun({
    stage,
    version,
    label: `${stage} ${Object.values(config).join(' ')}`.trim(),
    config,
    inputs: Object.entries(inputs),
    cost: 1,
  });

/** Plans a run that counts. */
export const count = (from: number, to: number, more: JsonObject = {}) => toy('count', { from, to, ...more });

/** A folder of plans for each test of a file, and what runs them there. */
export function planFolder() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return {
    inFolder: (...names: string[]) => join(folder, ...names),
    /** What a run wrote. */
    numberOf: (run: PlannedRun) => readFile(join(runFolder(folder, run.id), 'number'), 'utf8'),
    /** Runs a plan and lists its events except those of progress, as `done count 0 3`. */
    runHere: async (plan: readonly PlannedRun[], workers = 2) => {
      const events: string[] = [];
      const onEvent = ({ type, run }: RunEvent) => {
        if (type !== 'progress') events.push(`${type} ${run.label}`);
      };
      return { ...(await runPlan(plan, { folder, stages: STAGES, workers, onEvent })), events };
    },
  };
}
