import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBackend } from '../../compute/index.ts';
import { loadPrompts } from '../../data/index.ts';
import { lineOf } from '../../files/index.ts';
import type { RunFailure } from '../../jobs/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { Dialogue, Prompt } from '../../schema.ts';
import type { CheckpointConfig, CheckpointStudy } from '../config/checkpoint-study.ts';
import { readData } from '../config/find-data.ts';
import type { ImitationData } from '../config/study.ts';
import { benchmarkFacts, FULL_BENCHMARKS, type FullBenchmark } from '../full/full-benchmarks.ts';
import { type CheckpointStudyPlan, planCheckpointStudy } from '../pipeline/plan-study.ts';
import { runStudyPlan } from '../pipeline/run-study.ts';
import type { StudyRun } from '../pipeline/study-run.ts';
import { EXAMPLE_ANSWERS, EXAMPLE_DIALOGUES, EXAMPLE_PROMPTS } from './examples.ts';
import { tinyShape, writeTinyCheckpoint } from './tiny-checkpoint.ts';

/** What came of trying a study in little. */
export interface Rehearsal {
  /** Holds its runs, and their `rows.jsonl`, `answers.jsonl` and `manifest.json`. */
  folder: string;
  /** The architectures that were tried, each with tiny random weights, by a checkpoint that has it. */
  architectures: string[];
  /** Kinds of data, and `prompts`, that were not at hand, so that made-up examples stood for them. */
  madeUp: string[];
  /** Benchmarks that were not at hand. */
  leftOut: string[];
  runs: number;
  failed: RunFailure[];
  /** Rows that were written; 0 where a run failed. */
  rows: number;
  seconds: number;
}

/** Examples of everything. */
const TWO = 2;

/** Tokens of an answer, and of a block in training: whether it works does not depend on how many. */
const [ANSWER, BLOCK] = [16, 256];

/**
 * Does a study in little: each stage of it, by the code and in the processes that do it at full size, on two examples
 * of everything, with tiny random weights of the checkpoints' architectures. The first two of the study's own examples
 * are taken where they are at hand. Servers are not asked: made-up answers stand for the teacher's, and a tiny model
 * judges.
 *
 * @param benchmarks those whose records are at hand.
 */
export async function rehearse(
  study: CheckpointStudyPlan,
  benchmarks: readonly FullBenchmark[],
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined } = {},
): Promise<Rehearsal> {
  const start = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'imitation-lab-dry-run-'));
  const { config } = study;
  const examples = await examplesOf(study);
  const write = async (name: string, rows: readonly object[]) => {
    const path = join(folder, 'given', name);
    await mkdir(join(folder, 'given'), { recursive: true });
    await writeFile(path, rows.map(lineOf).join(''));
    return path;
  };
  const data: Record<ImitationData, string[]> = { broad: [], facts: [], summaries: [] };
  for (const [kind, dialogues] of examples.data) data[kind] = [await write(`${kind}.jsonl`, dialogues)];
  const prompts = await write('prompts.jsonl', examples.prompts);
  const answers = examples.prompts.map(({ id, text }, place) => ({
    id,
    prompt: text,
    text: EXAMPLE_ANSWERS[place] ?? '',
  }));
  const teacher = { model: await write('teacher.jsonl', answers), modelName: 'teacher' };

  await resolveBackend();
  const texts = [
    ...examples.prompts.map(({ text }) => text),
    ...[...examples.data.values()].flat().flatMap(({ turns }) => turns.map(({ content }) => content)),
    ...(await askedBy(benchmarks)),
  ];
  const checkpoints = await tinyCheckpoints(study, join(folder, 'checkpoints'), texts);
  const [first] = checkpoints;
  if (!first) throw new Error('Cannot try the study: a checkpoint of known shape is required, found none');
  const judge = join(folder, 'judge');
  const shape = study.checkpoints.find(({ config }) => config !== null)?.config;
  // With a tokenizer of its own, which has the role tokens that a judge is asked in.
  if (config.judge && shape) await writeTinyCheckpoint(judge, shape, { tokenizer: undefined, texts });
  const { lora } = config.training;
  const little: CheckpointStudy = {
    ...config,
    checkpoints,
    data,
    budgets: ['all'],
    prompts: { source: prompts, count: TWO },
    teacher,
    ...(config.secondTeacher && { secondTeacher: teacher }),
    ...(config.judge && { judge: { model: judge, maxTokens: ANSWER } }),
    training: { ...config.training, sequenceLength: BLOCK, ...(lora && { lora: { ...lora, rank: TWO } }) },
    benchmarks: itemsOf(benchmarks, config),
    toxicity: 'surrogate',
    maxTokens: ANSWER,
    concurrency: TWO,
  };
  const planned = await planCheckpointStudy({ config: little, seeds: [0] });
  const tried = { ...planned, runs: planned.runs.filter(isTried) };
  const { failed, completed } = await runStudyPlan(tried, { folder, workers: 2, signal, onProgress });
  const rows = failed.length === 0 ? await readFile(join(folder, 'rows.jsonl'), 'utf8') : '';
  const named = Object.keys(FULL_BENCHMARKS) as FullBenchmark[];
  return {
    folder,
    failed,
    runs: completed,
    rows: rows.split('\n').length - 1,
    madeUp: examples.madeUp,
    architectures: checkpoints.map(({ name }) => name),
    leftOut: named.filter(name => config.benchmarks[name] > 0 && !benchmarks.includes(name)),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Leaves out benchmarks of models that do not imitate broadly: a base model's differ by the prompt format only. */
function isTried({ stage, who }: StudyRun): boolean {
  return stage !== 'benchmark' || who?.model === 'broad';
}

/** The prompts that benchmarks begin with, whose words a tokenizer that is made on the fly should know. */
async function askedBy(benchmarks: readonly FullBenchmark[]): Promise<string[]> {
  const opened = await Promise.all(
    benchmarks.map(name => benchmarkFacts(name).open({ toxicity: 'surrogate' })),
  );
  return opened.flatMap(({ items, buildPrompt }) =>
    items.slice(0, TWO).map(item => buildPrompt(item, 'raw').prompt),
  );
}

function itemsOf(
  benchmarks: readonly FullBenchmark[],
  config: CheckpointStudy,
): CheckpointStudy['benchmarks'] {
  const names = Object.keys(FULL_BENCHMARKS) as FullBenchmark[];
  const counts = names.map(name => [
    name,
    benchmarks.includes(name) ? Math.min(TWO, config.benchmarks[name]) : 0,
  ]);
  return Object.fromEntries(counts) as CheckpointStudy['benchmarks'];
}

/** The first two of everything, the study's own where they are at hand. */
async function examplesOf({ config, data }: CheckpointStudyPlan): Promise<{
  data: Map<ImitationData, readonly Dialogue[]>;
  prompts: readonly Prompt[];
  madeUp: string[];
}> {
  const madeUp: string[] = [];
  const dialogues = new Map<ImitationData, readonly Dialogue[]>();
  for (const { kind, sources, fingerprint } of data) {
    if (fingerprint === null) madeUp.push(`${kind} imitation data`);
    const own = fingerprint === null ? EXAMPLE_DIALOGUES : await readData(sources);
    dialogues.set(kind, own.slice(0, TWO));
  }
  const prompts = await loadPrompts(config.prompts.source).catch(() => undefined);
  if (!prompts) madeUp.push('prompts');
  return { data: dialogues, prompts: (prompts ?? EXAMPLE_PROMPTS).slice(0, TWO), madeUp };
}

/** One checkpoint of each architecture, with the tokenizer of its original where that is at hand. */
async function tinyCheckpoints(
  { checkpoints }: CheckpointStudyPlan,
  folder: string,
  texts: readonly string[],
): Promise<CheckpointConfig[]> {
  const seen = new Set<string>();
  const made: CheckpointConfig[] = [];
  for (const { name, path, config, missing } of checkpoints) {
    if (config === null) continue;
    const tokenizer = missing.length === 0 ? path : undefined;
    const key = JSON.stringify([tinyShape(config, 0), tokenizer]);
    if (seen.has(key)) continue;
    seen.add(key);
    const place = join(folder, String(made.length));
    await writeTinyCheckpoint(place, config, { tokenizer, texts });
    // Local sets go the same way with every architecture.
    made.push({ name, path: place, everyBudget: true, local: made.length === 0 });
  }
  return made;
}
