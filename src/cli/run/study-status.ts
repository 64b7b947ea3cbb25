import type { StatedPlan } from '../../study/index.ts';
import type { studyStatusCommand } from '../commands/study-status.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';
import { fullStudyConfig, plannedStudy } from './study-config.ts';

type Input = InputOf<typeof studyStatusCommand>;

/** Prints the numbers of completed, failed and pending runs of the study in a folder. */
export async function run({ json, ...input }: Input): Promise<void> {
  const { studyStatus } = await import('../../study/index.ts');
  const { out } = input;
  const status = await studyStatus(out, await otherPlan(input));
  if (json) return printJson(status);
  const { scale, seeds, finished, runs, completed, failed, pending, process: pid } = status;
  console.log(
    `${out}: scale ${scale}, seeds ${seeds.join(', ')}, of which ${finished.length} are finished; ${completed} of ${runs} runs completed, ${failed.length} failed, ${pending} pending`,
  );
  console.log(pid === null ? 'no process runs it' : `process ${pid} runs it`);
  for (const { label, error } of failed) console.log(`${label} failed: ${error}`);
}

/** Plans the study that the command line names; undefined where it leaves that to the folder. */
async function otherPlan(flags: Omit<Input, 'json'>): Promise<StatedPlan | undefined> {
  const { out, scale, seeds, ...config } = flags;
  if (scale === undefined && seeds === undefined && config.config === undefined) return undefined;
  if (scale !== undefined && seeds !== undefined) return plannedStudy({ scale, seeds, ...config });
  // A mistake in the config comes before what the folder lacks.
  if (config.config !== undefined)
    await fullStudyConfig({ scale: scale ?? 'full', seeds: seeds ?? [], ...config });
  const { findPlan } = await import('../../study/index.ts');
  const stated = await findPlan(out);
  return plannedStudy({ scale: scale ?? stated.scale, seeds: seeds ?? [...stated.seeds], ...config });
}
