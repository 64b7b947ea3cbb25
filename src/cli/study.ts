import { Command, InvalidArgumentError, Option } from 'commander';
import type { RunEvent } from '../study/runner/run-plan.ts';
import type { Progress } from '../util/index.ts';
import { number } from './number.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

interface StudyFlags {
  scale: 'tiny' | 'mini';
  seeds: number[];
  out: string;
  workers?: number;
  json?: boolean;
}

/** `imitation-lab study`: the paper's experiment on a world whose truth is known. */
export function studyCommand(): Command {
  const study = new Command('study').description('the live study: plan it, run it, see how it stands');
  study
    .command('plan')
    .description('list the runs of a study')
    .addOption(scaleOption())
    .addOption(seedsOption())
    .option('--json', 'print each run as a JSON line')
    .action(printPlan);
  study
    .command('run')
    .description('run a study; what stands in --out is not made again')
    .addOption(scaleOption())
    .addOption(seedsOption())
    .requiredOption(
      '--out <folder>',
      'holds the runs, and at the end rows.jsonl, answers.jsonl, manifest.json',
    )
    .option('--workers <n>', 'processes of one thread each (default: one for each core)', number)
    .option('--json', 'print progress, each run and the outcome as JSON lines')
    .action(run);
  study
    .command('status')
    .description('say what of a study stands, failed and is left')
    .addOption(scaleOption())
    .addOption(seedsOption())
    .requiredOption('--out <folder>', 'the study’s folder')
    .option('--json', 'print it as JSON')
    .action(printStatus);
  return study;
}

function scaleOption(): Option {
  return new Option('--scale <name>', 'how large a study').choices(['tiny', 'mini']).default('mini');
}

function seedsOption(): Option {
  return new Option('--seeds <list>', 'seeds such as 7,8 or 101-103; a number N by itself is 1 to N')
    .argParser(seedsOf)
    .default([1, 2, 3], '3');
}

/** `3` → 1, 2, 3; `7,9` → 7, 9; `101-103` → 101, 102, 103. */
function seedsOf(text: string): number[] {
  const parts = text.split(',').map(part => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  const [only] = parts;
  if (parts.length === 1 && only && only[2] === undefined) return upTo(1, Number(only[1]));
  const seeds = parts.flatMap(part => {
    if (!part) throw new InvalidArgumentError('numbers such as 7,8 or 101-103 are required');
    return upTo(Number(part[1]), Number(part[2] ?? part[1]));
  });
  if (new Set(seeds).size < seeds.length) throw new InvalidArgumentError('each seed must stand once');
  return seeds;
}

function upTo(first: number, last: number): number[] {
  const count = last - first + 1;
  if (count < 1 || count > 1000) throw new InvalidArgumentError('1 to 1,000 seeds are required');
  return Array.from({ length: count }, (_, index) => first + index);
}

async function printPlan({ scale, seeds, json }: StudyFlags): Promise<void> {
  const { studyPlan } = await import('../study/index.ts');
  for (const run of studyPlan(scale, seeds)) {
    console.log(json ? JSON.stringify(run) : `${run.id} ${run.stage.padEnd(8)} ${run.label}`);
  }
}

async function run({ scale, seeds, out, workers, json }: StudyFlags): Promise<void> {
  const { runStudy } = await import('../study/index.ts');
  const { progressLine } = await import('../util/index.ts');
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
    const outcome = await runStudy({
      scale,
      seeds,
      folder: out,
      workers,
      signal,
      onProgress,
      ...(json && { onEvent }),
    });
    const { stood, made, failed, waiting } = outcome;
    if (json) print({ out, stood, made, failed, waiting: waiting.map(({ id }) => id) });
    for (const { label, error } of failed) console.error(`${label} failed: ${error}`);
    if (failed.length > 0) {
      process.exitCode = 1;
      console.error(
        `No rows are written: ${failed.length} runs failed, ${waiting.length} wait for them. The same command tries them again`,
      );
    } else if (!json)
      console.error(`${out}: ${made} runs made, ${stood} stood before; its rows are in rows.jsonl`);
  });
  if (!stopped) return;
  if (json) print({ out, ended: 'interrupted' });
  else console.error(`\nstopped: the same command goes on with ${out}`);
  process.exitCode = INTERRUPTED;
}

async function printStatus({ scale, seeds, out, json }: StudyFlags): Promise<void> {
  const { studyStatus } = await import('../study/index.ts');
  const status = await studyStatus(out, scale, seeds);
  if (json) return console.log(JSON.stringify(status));
  const { runs, stand, failed, left, process: pid } = status;
  console.log(`${out}: ${stand} of ${runs} runs stand, ${failed.length} failed, ${left} are left`);
  console.log(pid === null ? 'no process works there' : `process ${pid} works there`);
  for (const { label, error } of failed) console.log(`${label} failed: ${error}`);
}
