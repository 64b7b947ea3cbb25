import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBackend } from '../../compute/index.ts';
import { loadPrompts } from '../../data/index.ts';
import { buildRequest, type RegisteredBenchmark } from '../../evaluate/index.ts';
import { lineOf } from '../../files/index.ts';
import type { RunFailure } from '../../jobs/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { Dialogue, Prompt } from '../../schema.ts';
import type { CheckpointStudy } from '../config/checkpoint-study.ts';
import { readData } from '../config/find-data.ts';
import type { ImitationData } from '../config/study.ts';
import { type CheckpointStudyPlan, planCheckpointStudy } from '../pipeline/plan-study.ts';
import { runStudyPlan } from '../pipeline/run-study.ts';
import type { StudyRun } from '../pipeline/study-run.ts';
import { EXAMPLE_ANSWERS, EXAMPLE_DIALOGUES, EXAMPLE_PROMPTS } from './examples.ts';
import { writeTinyCheckpoint, writeTinyCheckpoints } from './tiny-checkpoint.ts';

/** Outcome of a small-scale rehearsal of a study. */
export interface Rehearsal {
  /** Folder of its runs, with their `rows.jsonl`, `answers.jsonl` and `manifest.json`. */
  folder: string;
  /** Architectures, each named by a checkpoint that has it. */
  architectures: string[];
  /** Kinds of data, and `prompts`, that were not available, so that made-up examples replaced them. */
  madeUp: string[];
  /** Benchmarks that were not available. */
  leftOut: string[];
  /** Number of completed runs. */
  runs: number;
  failed: RunFailure[];
  /** Number of rows; 0 where a run failed. */
  rows: number;
  seconds: number;
}

/** Examples of everything that a rehearsal uses. */
interface Examples {
  data: ReadonlyMap<ImitationData, readonly Dialogue[]>;
  prompts: readonly Prompt[];
  /** Sets that are made up. */
  madeUp: string[];
}

/** Number of examples of everything. */
const TWO = 2;

/** Tokens of an answer and of a training block: whether a stage works does not depend on their number. */
const [ANSWER, BLOCK] = [16, 256];

/**
 * Rehearses a study on a small scale: each of its stages, by the same code and in processes as at full size, on two
 * examples of everything, with tiny random weights of the checkpoints' architectures. The examples are the study's own
 * where they are available. Servers are not asked: made-up answers replace the teacher's, and a tiny model judges.
 *
 * @param benchmarks those whose records are available.
 * @throws {Error} if no checkpoint's shape is known.
 */
export async function rehearse(
  study: CheckpointStudyPlan,
  benchmarks: readonly RegisteredBenchmark[],
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined } = {},
): Promise<Rehearsal> {
  const start = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'imitation-lab-dry-run-'));
  const examples = await examplesOf(study);
  const config = await smallStudy(study, folder, examples, benchmarks);
  const plan = await planCheckpointStudy({ config, seeds: [0], benchmarks: study.benchmarks });
  const rehearsed = { ...plan, runs: plan.runs.filter(isRehearsed) };
  const { failed, completed } = await runStudyPlan(rehearsed, { folder, workers: 2, signal, onProgress });
  const rows = failed.length === 0 ? await readFile(join(folder, 'rows.jsonl'), 'utf8') : '';
  const ready = benchmarks.map(({ name }) => name);
  return {
    folder,
    failed,
    runs: completed,
    rows: rows.split('\n').length - 1,
    madeUp: examples.madeUp,
    architectures: config.checkpoints.map(({ name }) => name),
    leftOut: study.benchmarks
      .map(({ name }) => name)
      .filter(name => (study.config.benchmarks[name] ?? 0) > 0 && !ready.includes(name)),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Writes examples and tiny checkpoints into a folder. @returns the configuration of a study of them. */
async function smallStudy(
  study: CheckpointStudyPlan,
  folder: string,
  examples: Examples,
  benchmarks: readonly RegisteredBenchmark[],
): Promise<CheckpointStudy> {
  const { config } = study;
  const given = await writeExamples(join(folder, 'given'), examples);
  await resolveBackend();
  const texts = [
    ...examples.prompts.map(({ text }) => text),
    ...[...examples.data.values()].flat().flatMap(({ turns }) => turns.map(({ content }) => content)),
    ...(await promptsOf(benchmarks, optionsOf(study))),
  ];
  const checkpoints = await writeTinyCheckpoints(study, join(folder, 'checkpoints'), texts);
  const shape = study.checkpoints.find(({ config }) => config !== null)?.config;
  if (!shape) throw new Error('Cannot rehearse the study: a checkpoint of known shape is required, got none');
  const judge = join(folder, 'judge');
  // With a tokenizer of its own, which has the role tokens that a judge is asked in.
  if (config.judge) await writeTinyCheckpoint(judge, shape, { tokenizer: undefined, texts });
  const { lora } = config.training;
  return {
    ...config,
    checkpoints,
    data: given.data,
    budgets: ['all'],
    prompts: { source: given.prompts, count: TWO },
    teacher: given.teacher,
    ...(config.secondTeacher && { secondTeacher: given.teacher }),
    ...(config.judge && { judge: { model: judge, maxTokens: ANSWER } }),
    training: { ...config.training, sequenceLength: BLOCK, ...(lora && { lora: { ...lora, rank: TWO } }) },
    benchmarks: itemsOf(study, benchmarks),
    benchmarkOptions: optionsOf(study),
    maxTokens: ANSWER,
    concurrency: TWO,
  };
}

/** Writes examples as files of a study. */
async function writeExamples(
  folder: string,
  { data: dialogues, prompts }: Examples,
): Promise<{ data: CheckpointStudy['data']; prompts: string; teacher: CheckpointStudy['teacher'] }> {
  await mkdir(folder, { recursive: true });
  const write = async (name: string, rows: readonly object[]) => {
    const path = join(folder, name);
    await writeFile(path, rows.map(lineOf).join(''));
    return path;
  };
  const data: Record<ImitationData, string[]> = { broad: [], facts: [], summaries: [] };
  for (const [kind, rows] of dialogues) data[kind] = [await write(`${kind}.jsonl`, rows)];
  const answers = prompts.map(({ id, text }, index) => ({
    id,
    prompt: text,
    text: EXAMPLE_ANSWERS[index] ?? '',
  }));
  return {
    data,
    prompts: await write('prompts.jsonl', prompts),
    teacher: { model: await write('teacher.jsonl', answers), modelName: 'teacher' },
  };
}

/** Leaves out benchmarks of models that do not imitate broadly: a base model's differ by the prompt format only. */
function isRehearsed({ stage, who }: StudyRun): boolean {
  return stage !== 'benchmark' || who?.model === 'broad';
}

/** Lists the first prompts of benchmarks, whose words a tokenizer that is made for the rehearsal should know. */
async function promptsOf(
  benchmarks: readonly RegisteredBenchmark[],
  options: CheckpointStudy['benchmarkOptions'],
): Promise<string[]> {
  const opened = await Promise.all(benchmarks.map(({ name, open }) => open(options[name])));
  return opened.flatMap(benchmark =>
    benchmark.items.slice(0, TWO).map(item => buildRequest(benchmark, item, 'raw').prompt),
  );
}

/** Counts two items of each benchmark that is ready, and none of the others. */
function itemsOf(
  { config, benchmarks }: CheckpointStudyPlan,
  ready: readonly RegisteredBenchmark[],
): CheckpointStudy['benchmarks'] {
  const counts = benchmarks.map(benchmark => {
    const items = config.benchmarks[benchmark.name] ?? 0;
    return [benchmark.name, ready.includes(benchmark) ? Math.min(TWO, items) : 0];
  });
  return Object.fromEntries(counts);
}

/** Lists the study's own options of benchmarks, except those that would call a service. */
function optionsOf({ config, benchmarks }: CheckpointStudyPlan): CheckpointStudy['benchmarkOptions'] {
  const options = benchmarks.map(({ name, rehearsal }) => [
    name,
    { ...config.benchmarkOptions[name], ...rehearsal },
  ]);
  return Object.fromEntries(options);
}

/** Takes the first two of everything, the study's own where they are available. */
async function examplesOf({ config, data }: CheckpointStudyPlan): Promise<Examples> {
  const madeUp: string[] = [];
  const dialogues = new Map<ImitationData, readonly Dialogue[]>();
  for (const { kind, sources, fingerprint } of data) {
    if (fingerprint === null) madeUp.push(`${kind} imitation data`);
    const own = fingerprint === null ? EXAMPLE_DIALOGUES : await readData(sources);
    dialogues.set(kind, own.slice(0, TWO));
  }
  const prompts = await loadPrompts(config.prompts.source, { strict: true }).catch(() => undefined);
  if (!prompts) madeUp.push('prompts');
  return { data: dialogues, prompts: (prompts ?? EXAMPLE_PROMPTS).slice(0, TWO), madeUp };
}
