import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fetchRecord, loadPrompts } from '../../data/index.ts';
import { messageOf } from '../../runs/index.ts';
import type { Prompt } from '../../schema.ts';
import type { FoundCheckpoint } from '../config/find-checkpoint.ts';
import type { FoundData } from '../config/find-data.ts';
import type { Device } from '../estimate/device.ts';
import { gigabytesOf } from '../estimate/estimate-run.ts';
import type { CheckpointStudyPlan } from '../pipeline/plan-study.ts';
import type { StudyRun } from '../pipeline/study-run.ts';
import { modelCheck } from './model-check.ts';
import { checkOf, type StudyCheck } from './study-check.ts';

/**
 * Checks everything that a study needs: checkpoints, imitation data, prompts, the teacher's answers, a judge, the
 * records of benchmarks, Python's sandbox, the device with its memory, and room on the disk. Public records are
 * fetched, which are 12 MB at most; a server is not asked, since that may cost.
 *
 * @param folder planned folder of the study.
 */
export async function checkStudy(
  study: CheckpointStudyPlan,
  device: Device,
  folder: string,
): Promise<StudyCheck[]> {
  const { config, checkpoints, data, runs } = study;
  const prompts = await loadPrompts(config.prompts.source, { strict: true }).catch((error: Error) => error);
  const asked = prompts instanceof Error ? [] : prompts;
  const { teacher, secondTeacher, judge } = config;
  return [
    ...checkpoints.map(checkpointCheck),
    ...data.map(found => dataCheck(found, config.budgets)),
    promptsCheck(prompts, config.prompts.count),
    await modelCheck('teacher', teacher, asked),
    ...(secondTeacher ? [await modelCheck('second sample of the teacher', secondTeacher, asked)] : []),
    ...(judge ? [await modelCheck('judge', judge), await judgePromptsCheck()] : [judgeNote()]),
    ...(await benchmarkChecks(study)),
    deviceCheck(device),
    ...checkpoints.flatMap(checkpoint => memoryChecks(checkpoint, runs, device)),
    ...checkpoints.flatMap(checkpoint => contextChecks(checkpoint, study)),
    await diskCheck(runs, folder),
  ];
}

function checkpointCheck({ name, path, sizes, missing }: FoundCheckpoint): StudyCheck {
  const required = `config.json, tokenizer.json and weights of GPT-2 or LLaMA in ${path}`;
  const weights = sizes === null ? '' : `${(sizes.weights.all / 1e9).toPrecision(3)} billion weights`;
  return checkOf(name, missing.length === 0, required, missing.join(', ') || weights);
}

function dataCheck(
  { kind, sources, dialogues, tokens, missing }: FoundData,
  budgets: CheckpointStudyPlan['config']['budgets'],
): StudyCheck {
  const counts = budgets.filter(budget => budget !== 'all');
  const least = kind === 'broad' ? Math.max(0, ...counts) : 0;
  const required = `dialogues with answers in ${sources.join(', ')}${least > 0 ? `, ${millions(least)} tokens of them` : ''}`;
  const found = missing.join(', ') || `${dialogues} dialogues, about ${millions(tokens)} tokens`;
  return checkOf(`${kind} imitation data`, missing.length === 0 && tokens >= least, required, found);
}

function promptsCheck(prompts: readonly Prompt[] | Error, count: number): StudyCheck {
  if (prompts instanceof Error) return checkOf('prompts', false, 'held-out prompts', prompts.message);
  const fewer = prompts.length < count;
  const found = `${prompts.length}, before those are left out that are like the training data’s`;
  return { what: 'prompts', state: fewer ? 'note' : 'ok', required: `${count} held-out prompts`, found };
}

/** Checks the judge's prompts, which are Vicuna's. */
async function judgePromptsCheck(): Promise<StudyCheck> {
  const record = 'fastchat/judge-prompts';
  return fetchRecord(record, { tries: 1 }).then(
    ({ from }) => checkOf('judge’s prompts', true, record, `from the ${from}`),
    error => checkOf('judge’s prompts', false, record, messageOf(error)),
  );
}

function judgeNote(): StudyCheck {
  const found = 'none: Figures 1 and 3 have no preferences but those of your raters';
  return { what: 'judge', state: 'note', required: 'a model that is asked which answer is better', found };
}

async function benchmarkChecks({ config, benchmarks }: CheckpointStudyPlan): Promise<StudyCheck[]> {
  const checks: StudyCheck[] = [];
  for (const { name, records, size, requirements } of benchmarks) {
    const items = Math.min(config.benchmarks[name] ?? 0, size.items);
    if (items === 0) continue;
    const needed = requirements?.(config.benchmarkOptions[name] ?? {}) ?? [];
    const required = [records.join(', '), ...needed.map(({ what }) => what)].join(', and ');
    try {
      const from = new Set<string>();
      for (const record of records) from.add((await fetchRecord(record, { tries: 1 })).from);
      for (const { check } of needed) await check();
      checks.push(checkOf(name, true, required, `${items} items, from the ${[...from].join(' and the ')}`));
    } catch (error) {
      checks.push(checkOf(name, false, required, messageOf(error)));
    }
  }
  return checks;
}

function deviceCheck({ name, gpu, teraflops, bandwidth }: Device): StudyCheck {
  const speeds = `${teraflops.toPrecision(3)} TFLOP/s, ${bandwidth.toPrecision(3)} GB/s`;
  return checkOf('device', gpu, 'a GPU', `${name}: ${speeds}`);
}

/** Checks the run of a checkpoint that needs most memory, of those that train and of those that answer. */
function memoryChecks({ name }: FoundCheckpoint, runs: readonly StudyRun[], device: Device): StudyCheck[] {
  const own = runs.filter(({ checkpoint }) => checkpoint === name);
  const training = own.filter(({ stage }) => stage === 'finetune');
  const answering = own.filter(({ stage }) => stage !== 'finetune');
  return [
    ...memoryCheck(`memory to train ${name}`, training, 'training.lora needs less', device),
    ...memoryCheck(`memory to ask ${name}`, answering, 'a smaller concurrency needs less', device),
  ];
}

function memoryCheck(
  what: string,
  runs: readonly StudyRun[],
  remedy: string,
  { memory }: Device,
): StudyCheck[] {
  const sizes = runs.map(({ label, estimate }) => ({ label, needed: estimate ? gigabytesOf(estimate) : 0 }));
  const [most] = sizes.toSorted((a, b) => b.needed - a.needed);
  if (!most) return [];
  const fits = most.needed <= memory;
  const found = `${gigabytes(memory)}${fits ? '' : `; ${remedy}`}`;
  return [checkOf(what, fits, `${gigabytes(most.needed)} (${most.label})`, found)];
}

/** Notes benchmarks with prompts that exceed a model's context, whose items have no score. */
function contextChecks(
  { name, sizes }: FoundCheckpoint,
  { config, benchmarks }: CheckpointStudyPlan,
): StudyCheck[] {
  return benchmarks.flatMap(benchmark => {
    const { mean, longest } = benchmark.size.prompt;
    const left = (config.benchmarks[benchmark.name] ?? 0) === 0;
    if (sizes === null || left || longest < sizes.contextLength) return [];
    const required = `room for prompts of ${mean} tokens on average, ${longest} at most`;
    const found = `a context of ${sizes.contextLength}: items with longer prompts stay without a score`;
    return [{ what: `${benchmark.name} by ${name}`, state: 'note', required, found }];
  });
}

async function diskCheck(runs: readonly StudyRun[], folder: string): Promise<StudyCheck> {
  const disks = runs.flatMap(({ estimate }) => estimate?.disk ?? []);
  const left = disks.reduce((sum, disk) => sum + disk.left, 0);
  const peak = Math.max(0, ...disks.map(disk => disk.peak));
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const required = `${gigabytes((left + peak) / 1e9)} for the models that are trained`;
  return checkOf('disk', free >= left + peak, required, `${gigabytes(free / 1e9)} at ${place}`);
}

function gigabytes(value: number): string {
  return `${value < 10 ? value.toPrecision(2) : Math.round(value).toLocaleString('en-US')} GB`;
}

function millions(tokens: number): string {
  return tokens >= 1e6 ? `${Number((tokens / 1e6).toPrecision(3))} million` : tokens.toLocaleString('en-US');
}
