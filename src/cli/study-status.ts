import { Command } from 'commander';
import { plannedStudy } from './study-config.ts';
import { configOption, type StudyFlags, scaleOption, seedsOption } from './study-options.ts';

/** `imitation-lab study status`: how a study stands. */
export function studyStatusCommand(): Command {
  return new Command('status')
    .description('say what of a study stands, failed and is left')
    .addOption(scaleOption())
    .addOption(configOption())
    .addOption(seedsOption())
    .requiredOption('--out <folder>', 'the study’s folder')
    .option('--json', 'print it as JSON')
    .action(printStatus);
}

async function printStatus({ out, json, ...flags }: StudyFlags & { out: string }): Promise<void> {
  const { studyStatus } = await import('../study/index.ts');
  const status = await studyStatus(out, await plannedStudy(flags));
  if (json) return console.log(JSON.stringify(status));
  const { runs, completed, failed, pending, process: pid } = status;
  console.log(`${out}: ${completed} of ${runs} runs completed, ${failed.length} failed, ${pending} pending`);
  console.log(pid === null ? 'no process runs it' : `process ${pid} runs it`);
  for (const { label, error } of failed) console.log(`${label} failed: ${error}`);
}
