import { Command } from 'commander';
import { type StudyFlags, scaleOption, seedsOption } from './study-options.ts';

/** `imitation-lab study plan`: which runs a study has. */
export function studyPlanCommand(): Command {
  return new Command('plan')
    .description('list the runs of a study')
    .addOption(scaleOption())
    .addOption(seedsOption())
    .option('--json', 'print each run as a JSON line')
    .action(printPlan);
}

async function printPlan({ scale, seeds, json }: StudyFlags): Promise<void> {
  const { studyPlan } = await import('../study/index.ts');
  for (const run of studyPlan(scale, seeds)) {
    console.log(json ? JSON.stringify(run) : `${run.id} ${run.stage.padEnd(8)} ${run.label}`);
  }
}
