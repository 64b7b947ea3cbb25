import { type Json, type PlannedRun, plannedRun } from '../../jobs/index.ts';
import { type Device, NOMINAL_DEVICE } from './estimate/device.ts';
import {
  estimateAnswering,
  estimateTraining,
  estimateWithoutModel,
  type RunEstimate,
} from './estimate/estimate-run.ts';
import { sizeOutsideEmbeddings } from './estimate/weight-counts.ts';
import type { FoundCheckpoint } from './find-checkpoint.ts';
import type { FoundData } from './find-data.ts';
import { benchmarkFacts, FULL_BENCHMARKS, type FullBenchmark } from './full-benchmarks.ts';
import type { Budget, FullConfig, FullData } from './full-config.ts';

/** Versions of the stages' code: one more wherever a stage gives other results than before. */
export const FULL_STAGE_VERSIONS = { prompts: 1, finetune: 1, answers: 1, measure: 1 } as const;

/** A run of a full study, with what it is expected to take. */
export interface FullRun extends PlannedRun {
  stage: keyof typeof FULL_STAGE_VERSIONS;
  estimate: RunEstimate;
  /** The base model that it computes with; null where it computes none. */
  checkpoint: string | null;
}

/** What a full study is planned from. */
export interface FullPlanGiven {
  config: FullConfig;
  checkpoints: readonly FoundCheckpoint[];
  data: readonly FoundData[];
  /** Each draws the dialogues of a budget and their order; base models and the teacher are asked once. */
  seeds: readonly number[];
  device?: Device;
}

type Settings = { readonly [name: string]: Json };
type Who = { model: string; size: number | null; budget: number | null; seed: number };

/** What a model is asked with: the base model and its shape, and who trained it. */
interface Asked {
  checkpoint: FoundCheckpoint;
  trained?: FullRun;
}

/** Tokens of the prompts of the paper's test set, by GPT-2's tokenizer. */
const PROMPT_TOKENS = { mean: 40, longest: 700 };

/** Seconds of a run that computes no model, roughly. */
const QUICK = 10;

/**
 * Every run of a full study, each after those whose results it takes: the prompts, the teacher's answers, and for
 * each checkpoint the base model and those that imitate from growing budgets and from local sets, with their answers,
 * style, preference and benchmarks. A checkpoint of unknown shape is left out.
 *
 * @throws {RangeError} if there is no seed, no broad data or no budget.
 */
export function fullPlan({
  config,
  checkpoints,
  data,
  seeds,
  device = NOMINAL_DEVICE,
}: FullPlanGiven): FullRun[] {
  const { budgets, maxTokens, concurrency, prompts: asked } = config;
  const [first] = seeds;
  const require = (ok: boolean, what: string) => {
    if (!ok) throw new RangeError(`Cannot plan a study: ${what} is required, found none`);
  };
  require(first !== undefined, 'a seed');
  require(budgets.length > 0, 'a budget');
  require(data.some(({ kind }) => kind === 'broad'), 'a set of broad imitation data');
  const seed = first ?? 0;
  const runs: FullRun[] = [];
  const add = (
    stage: FullRun['stage'],
    label: string,
    estimate: RunEstimate,
    settings: Settings,
    inputs: Readonly<Record<string, PlannedRun | undefined>> = {},
    checkpoint: string | null = null,
  ): FullRun => {
    const taken = Object.entries(inputs).flatMap(([name, run]) => (run ? [[name, run] as const] : []));
    const run = {
      ...plannedRun({
        ...{ stage, version: FULL_STAGE_VERSIONS[stage], label, config: settings },
        ...{ cost: estimate.seconds ?? 1, inputs: Object.fromEntries(taken) },
      }),
      ...{ stage, estimate, checkpoint },
    };
    runs.push(run);
    return run;
  };
  const quick = () => estimateWithoutModel(QUICK);

  const prompts = add('prompts', 'prompts', quick(), { ...asked, training: data.map(dataOf), seed });

  const style = (who: Who, name: string, answers: FullRun, teacher: FullRun, trained?: FullRun): void => {
    const inputs = { answers, teacher, model: trained };
    add('measure', `style of ${name}`, quick(), { ...who, measure: 'style' }, inputs);
    // Its own answers are no better and no worse.
    if (config.judge === undefined || answers === teacher) return;
    const judged = { ...who, measure: 'preference', judge: jsonOf(config.judge) };
    add('measure', `preference for ${name}`, quick(), judged, inputs);
  };

  const benchmarks = (who: Who, name: string, settings: Settings, by?: Asked): void => {
    for (const benchmark of Object.keys(FULL_BENCHMARKS) as FullBenchmark[]) {
      const { prompt, answer, items } = benchmarkFacts(benchmark);
      const count = Math.min(config.benchmarks[benchmark], items);
      // A server's chat tells no log-likelihoods, by which choices are scored.
      if (count === 0 || (benchmark === 'mmlu' && by === undefined)) continue;
      const estimate = by?.checkpoint.config
        ? estimateAnswering(by.checkpoint.config, { count, prompt, answer, concurrency }, device)
        : quick();
      const { toxicity } = config;
      const put = { ...who, ...settings, measure: benchmark, items: count, concurrency };
      add(
        'measure',
        `${benchmark} of ${name}`,
        estimate,
        benchmark === 'toxicity' ? { ...put, toxicity } : put,
        { model: by?.trained },
        by?.checkpoint.name,
      );
    }
  };

  const answersOfTeacher = (model: 'teacher' | 'teacher-again', source: FullConfig['teacher']) => {
    const who = { model, size: null, budget: null, seed };
    const settings = { ...who, source: jsonOf(source), maxTokens };
    return { who, run: add('answers', `answers of ${model}`, quick(), settings, { prompts }) };
  };
  const { who, run: teacher } = answersOfTeacher('teacher', config.teacher);
  style(who, 'teacher', teacher, teacher);
  // A record holds no answer to a benchmark.
  if (isServer(config.teacher)) benchmarks(who, 'teacher', { source: jsonOf(config.teacher) });
  if (config.teacherAgain) {
    const again = answersOfTeacher('teacher-again', config.teacherAgain);
    style(again.who, 'teacher-again', again.run, teacher);
  }

  for (const checkpoint of checkpoints) {
    const { config: shape, name, everyBudget = false, local = false } = checkpoint;
    if (shape === null) continue;
    const size = sizeOutsideEmbeddings(shape);
    const settings = { checkpoint: checkpointOf(checkpoint) };
    const measure = (who: Who, called: string, own: Settings, trained?: FullRun): void => {
      const by = { checkpoint, ...(trained && { trained }) };
      const estimate = estimateAnswering(
        shape,
        { count: asked.count, prompt: PROMPT_TOKENS, answer: maxTokens, concurrency },
        device,
      );
      const inputs = { prompts, model: trained };
      const given = { ...who, ...own, maxTokens, concurrency };
      const answers = add('answers', `answers of ${called}`, estimate, given, inputs, name);
      style(who, called, answers, teacher, trained);
      benchmarks(who, called, own, by);
    };
    measure({ model: 'base', size, budget: null, seed }, name, settings);
    const imitate = (set: FoundData, budget: Budget, seed: number): void => {
      const whole = set.fingerprint === null ? null : set.tokens;
      const tokens = budget === 'all' ? whole : budget;
      const called = `${name} on ${set.kind} ${budget}, seed ${seed}`;
      const trained = add(
        'finetune',
        called,
        estimateTraining(shape, tokens, config.training, device),
        { ...settings, data: dataOf(set), budget, training: jsonOf(config.training), seed },
        {},
        name,
      );
      // Of a whole set, as many tokens as there are: the run that learns them counts them.
      const counted = budget === 'all' ? null : budget;
      measure({ model: set.kind, size, budget: counted, seed }, called, {}, trained);
    };
    const set = (kind: FullData) => data.find(found => found.kind === kind);
    const broad = set('broad');
    const locals = local ? [set('facts'), set('summaries')] : [];
    for (const seed of seeds) {
      for (const budget of budgets) {
        if (broad && (everyBudget || budget === budgets.at(-1))) imitate(broad, budget, seed);
      }
      for (const found of locals) if (found) imitate(found, 'all', seed);
    }
  }
  return runs;
}

/** Whether a model is a server's, which answers whatever it is asked. */
export function isServer({ model }: FullConfig['teacher']): boolean {
  return /^https?:/i.test(model);
}

function checkpointOf({ name, path, fingerprint }: FoundCheckpoint): Settings {
  return { name, path, fingerprint };
}

function dataOf({ kind, sources, fingerprint }: FoundData): Settings {
  return { kind, sources: [...sources], fingerprint };
}

/** Options without those that are left out. */
function jsonOf(options: object): Settings {
  return JSON.parse(JSON.stringify(options));
}
