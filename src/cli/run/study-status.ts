import type { studyStatusCommand } from '../commands/study-status.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';
import { plannedStudy } from './study-config.ts';

/** Prints the numbers of completed, failed and pending runs of a study. */
export async function run({ out, json, ...flags }: InputOf<typeof studyStatusCommand>): Promise<void> {
  const { studyStatus } = await import('../../study/index.ts');
  const status = await studyStatus(out, await plannedStudy(flags));
  if (json) return printJson(status);
  const { runs, completed, failed, pending, process: pid } = status;
  console.log(`${out}: ${completed} of ${runs} runs completed, ${failed.length} failed, ${pending} pending`);
  console.log(pid === null ? 'no process runs it' : `process ${pid} runs it`);
  for (const { label, error } of failed) console.log(`${label} failed: ${error}`);
}
