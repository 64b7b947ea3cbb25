import { Command } from 'commander';
import type { RunEvent } from '../jobs/index.ts';
import type { Progress } from '../runs/index.ts';
import { number } from './number.ts';
import { fullStudyConfig, studyChoice } from './study-config.ts';
import { configOption, type StudyFlags, scaleOption, seedsOption } from './study-options.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';
import { UsageError } from './usage-error.ts';

interface RunFlags extends StudyFlags {
  out?: string;
  workers?: number;
  dryRun?: boolean;
}

/** `imitation-lab study run`: runs a study, or goes on with it. */
export function studyRunCommand(): Command {
  return new Command('run')
    .description('run a study; what stands in --out is not made again')
    .addOption(scaleOption())
    .addOption(configOption())
    .addOption(seedsOption())
    .option(
      '--out <folder>',
      'holds the runs, and at the end rows.jsonl, answers.jsonl, facts.jsonl, manifest.json',
    )
    .option(
      '--workers <n>',
      'processes side by side (default: one for each core; full: 1, which has the device to itself)',
      number,
    )
    .option(
      '--dry-run',
      'full: check data, memory and device, estimate every run, and do each stage on two examples with tiny weights',
    )
    .option('--json', 'print progress, each run and the outcome as JSON lines')
    .action(run);
}

async function run({ scale, seeds, out, workers, dryRun, json, ...flags }: RunFlags): Promise<void> {
  if (dryRun) {
    if (scale !== 'full')
      throw new UsageError(`Cannot try the study: --scale full is required for --dry-run, found ${scale}`);
    const config = await fullStudyConfig({ scale, seeds, ...flags });
    const { printDryRun } = await import('./study-dry-run.ts');
    return printDryRun(config, { seeds, folder: out ?? '.', json });
  }
  if (out === undefined) throw new UsageError('Cannot run the study: --out is required, found none');
  const choice = await studyChoice({ scale, seeds, ...flags });
  const { runStudy } = await import('../study/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const print = (value: object) => console.log(JSON.stringify(value));
  const onEvent = (event: RunEvent) => {
    if (event.type === 'done' || event.type === 'failed') {
      const { run, ...rest } = event;
      const { id, stage, label } = run;
      print({ run: id, stage, label, ...rest });
    }
  };
  const onProgress = json ? (progress: Progress) => print(progress) : progressLine();
  const stopped = await untilInterrupted(async signal => {
    const how = { folder: out, workers, signal, onProgress, ...(json && { onEvent }) };
    const { existing, completed, failed, waiting } = await runStudy({ ...choice, ...how });
    if (json) print({ out, existing, completed, failed, waiting: waiting.map(({ id }) => id) });
    for (const { label, error } of failed) console.error(`${label} failed: ${error}`);
    if (failed.length > 0) {
      process.exitCode = 1;
      console.error(
        `No rows are written: ${failed.length} runs failed, ${waiting.length} wait for them. The same command tries them again`,
      );
    } else if (!json)
      console.error(`${out}: ${completed} runs completed, ${existing} existed; its rows are in rows.jsonl`);
  });
  if (!stopped) return;
  if (json) print({ out, ended: 'interrupted' });
  else console.error(`\nstopped: the same command goes on with ${out}`);
  process.exitCode = INTERRUPTED;
}
