import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBackend } from '../../../compute/index.ts';
import { loadPrompts } from '../../../data/index.ts';
import { lineOf } from '../../../files/index.ts';
import type { RunFailure } from '../../../jobs/index.ts';
import type { OnProgress } from '../../../runs/index.ts';
import type { Dialogue, Prompt } from '../../../schema.ts';
import { readData } from '../find-data.ts';
import { benchmarkFacts, FULL_BENCHMARKS, type FullBenchmark } from '../full-benchmarks.ts';
import type { CheckpointConfig, FullConfig, FullData } from '../full-config.ts';
import type { FullRun } from '../full-plan.ts';
import { type FullStudy, planFullStudy, runFullPlan } from '../run-full-study.ts';
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
  study: FullStudy,
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
  const data: Record<FullData, string[]> = { broad: [], facts: [], summaries: [] };
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
  const little: FullConfig = {
    ...config,
    ...{ checkpoints, data, budgets: ['all'], prompts: { source: prompts, count: TWO }, teacher },
    ...(config.teacherAgain && { teacherAgain: teacher }),
    ...(config.judge && { judge: { model: judge, maxTokens: ANSWER } }),
    training: { ...config.training, sequenceLength: BLOCK, ...(lora && { lora: { ...lora, rank: TWO } }) },
    benchmarks: itemsOf(benchmarks, config),
    ...{ toxicity: 'surrogate', maxTokens: ANSWER, concurrency: TWO },
  };
  const planned = await planFullStudy(little, [0]);
  const tried = { ...planned, plan: planned.plan.filter(run => run.stage !== 'measure' || isTried(run)) };
  const { failed, made } = await runFullPlan(tried, [0], { folder, workers: 2, signal, onProgress });
  const rows = failed.length === 0 ? await readFile(join(folder, 'rows.jsonl'), 'utf8') : '';
  const named = Object.keys(FULL_BENCHMARKS) as FullBenchmark[];
  return {
    ...{ folder, failed, runs: made, rows: rows.split('\n').length - 1, madeUp: examples.madeUp },
    architectures: checkpoints.map(({ name }) => name),
    leftOut: named.filter(name => config.benchmarks[name] > 0 && !benchmarks.includes(name)),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Of benchmarks, those of models that imitate broadly: a base model differs by its prompt format alone. */
function isTried({ config }: FullRun): boolean {
  return config.measure === 'style' || config.measure === 'preference' || config.model === 'broad';
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

function itemsOf(benchmarks: readonly FullBenchmark[], config: FullConfig): FullConfig['benchmarks'] {
  const names = Object.keys(FULL_BENCHMARKS) as FullBenchmark[];
  const counts = names.map(name => [
    name,
    benchmarks.includes(name) ? Math.min(TWO, config.benchmarks[name]) : 0,
  ]);
  return Object.fromEntries(counts) as FullConfig['benchmarks'];
}

/** The first two of everything, the study's own where they are at hand. */
async function examplesOf({ config, data }: FullStudy): Promise<{
  data: Map<FullData, readonly Dialogue[]>;
  prompts: readonly Prompt[];
  madeUp: string[];
}> {
  const madeUp: string[] = [];
  const dialogues = new Map<FullData, readonly Dialogue[]>();
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
  { checkpoints }: FullStudy,
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
