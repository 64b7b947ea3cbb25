import type { studyPlanCommand } from '../commands/study-plan.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';
import { plannedStudy } from './study-config.ts';

/** Prints the runs of a study. */
export async function run({ json, ...flags }: InputOf<typeof studyPlanCommand>): Promise<void> {
  for (const run of (await plannedStudy(flags)).runs)
    if (json) printJson(run);
    else console.log(`${run.id} ${run.stage.padEnd(8)} ${run.label}`);
}
