import { Command } from 'commander';
import { plannedStudy } from './study-config.ts';
import { configOption, type StudyFlags, scaleOption, seedsOption } from './study-options.ts';

/** `imitation-lab study plan`: which runs a study has. */
export function studyPlanCommand(): Command {
  return new Command('plan')
    .description('list the runs of a study')
    .addOption(scaleOption())
    .addOption(configOption())
    .addOption(seedsOption())
    .option('--json', 'print each run as a JSON line')
    .action(printPlan);
}

async function printPlan(flags: StudyFlags): Promise<void> {
  for (const run of (await plannedStudy(flags)).runs) {
    console.log(flags.json ? JSON.stringify(run) : `${run.id} ${run.stage.padEnd(8)} ${run.label}`);
  }
}
