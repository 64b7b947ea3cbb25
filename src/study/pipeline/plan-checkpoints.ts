import type { RegisteredBenchmark } from '../../evaluate/index.ts';
import type { CheckpointStudy } from '../config/checkpoint-study.ts';
import type { FoundCheckpoint } from '../config/find-checkpoint.ts';
import type { FoundData } from '../config/find-data.ts';
import { type Device, NOMINAL_DEVICE } from '../estimate/device.ts';
import {
  estimateAnswering,
  estimateTraining,
  estimateWithoutModel,
  type Questions,
  type RunEstimate,
} from '../estimate/estimate-run.ts';
import { answersStage } from '../stages/answers.ts';
import { benchmarkStage } from '../stages/benchmark.ts';
import { finetuneStage } from '../stages/finetune.ts';
import { preferenceStage } from '../stages/preference.ts';
import { promptsStage } from '../stages/prompts.ts';
import { styleStage } from '../stages/style.ts';
import { benchmarksOf, imitationsOf } from './checkpoint-choices.ts';
import {
  type CheckpointModel,
  costOf,
  detailsOf,
  isShaped,
  type ShapedCheckpoint,
  sourceOf,
} from './checkpoint-model.ts';
import { type Imitation, type PlanParts, planModels } from './plan-models.ts';
import { RunList, type StudyRun } from './study-run.ts';

/** Configuration of a study of checkpoints, with the files that were found. */
export interface CheckpointPlanInputs {
  config: CheckpointStudy;
  checkpoints: readonly FoundCheckpoint[];
  data: readonly FoundData[];
  /** Each draws the dialogues of a budget and their order; base models and the teacher are asked once. */
  seeds: readonly number[];
  device?: Device;
  benchmarks: readonly RegisteredBenchmark[];
}

/** Tokens of the prompts of the paper's test set, by GPT-2's tokenizer. */
const PROMPT_TOKENS = { mean: 40, longest: 700 };

/** Seconds of a run that computes no model, about. */
const QUICK = 10;

/**
 * Plans every run of a study of checkpoints: the prompts, the teacher's answers, and for each checkpoint the base model
 * and those that imitate, with their answers, style, preference and benchmarks. A checkpoint of unknown shape is left
 * out.
 *
 * @throws {RangeError} if there is no seed, no broad data or no budget.
 */
export function planCheckpoints(inputs: CheckpointPlanInputs): StudyRun[] {
  const { config, data, seeds } = inputs;
  const [first] = seeds;
  if (first === undefined) throw new RangeError('Cannot plan a study: a seed is required, got none');
  if (config.budgets.length === 0)
    throw new RangeError('Cannot plan a study: a budget is required, got none');
  if (!data.some(({ kind }) => kind === 'broad'))
    throw new RangeError('Cannot plan a study: a set of broad imitation data is required, got none');
  const parts = new CheckpointParts(inputs, first);
  planModels(parts, seeds);
  return parts.runs;
}

class CheckpointParts extends RunList implements PlanParts<ShapedCheckpoint, CheckpointModel> {
  readonly teachers: readonly [CheckpointModel, ...CheckpointModel[]];
  readonly bases: readonly ShapedCheckpoint[];
  readonly #config: CheckpointStudy;
  readonly #data: readonly FoundData[];
  readonly #device: Device;
  readonly #benchmarks: readonly RegisteredBenchmark[];
  /** Seed of all runs but those that fine-tune. */
  readonly #seed: number;
  readonly #prompts: StudyRun<'prompts'>;

  constructor(
    { config, checkpoints, data, device = NOMINAL_DEVICE, benchmarks }: CheckpointPlanInputs,
    seed: number,
  ) {
    super();
    this.#config = config;
    this.#data = data;
    this.#device = device;
    this.#benchmarks = benchmarks;
    this.#seed = seed;
    const { teacher, secondTeacher, prompts } = config;
    const who = { model: 'teacher' as const, size: null, budget: null, seed };
    const second = { ...who, model: 'teacher-again' as const };
    this.teachers = [
      { who, label: 'teacher', outside: { source: teacher } },
      ...(secondTeacher
        ? [{ who: second, label: 'second teacher sample', outside: { source: secondTeacher } }]
        : []),
    ];
    this.bases = checkpoints.filter(isShaped);
    const estimate = estimateWithoutModel(QUICK);
    this.#prompts = this.add(
      promptsStage.plan({
        label: 'prompts',
        config: { ...prompts, training: data.map(sourceOf), seed },
        inputs: {},
        cost: costOf(estimate),
      }),
      { seed, estimate },
    );
  }

  planBase(base: ShapedCheckpoint): CheckpointModel {
    const { name, path, fingerprint } = base;
    // Weights outside the embeddings, by which rows state sizes.
    const size = base.sizes.weights.maps + base.sizes.weights.rest;
    const who = { model: 'base' as const, size, budget: null, seed: this.#seed };
    return { who, label: name, base, outside: { checkpoint: { name, path, fingerprint } } };
  }

  imitationsOf(base: ShapedCheckpoint): Imitation[] {
    return imitationsOf(base, this.#config, this.#data);
  }

  planImitation(model: CheckpointModel, { data, budget }: Imitation, seed: number): CheckpointModel {
    const { base, outside, who } = model;
    const set = this.#set(data);
    if (base === undefined || set === undefined)
      throw new Error(`Cannot plan a model that imitates ${data} data: there are none`);
    const { training } = this.#config;
    const whole = set.fingerprint === null ? null : set.tokens;
    const estimate = estimateTraining(base.sizes, budget === 'all' ? whole : budget, training, this.#device);
    // Of a whole set, as many tokens as there are: the run that trains on them counts them.
    const imitator = { model: data, size: who.size, budget: budget === 'all' ? null : budget, seed };
    const label = `${base.name} on ${data} ${budget}, seed ${seed}`;
    const trained = this.add(
      finetuneStage.plan({
        label,
        config: { ...outside, data: sourceOf(set), budget, training, seed },
        inputs: {},
        cost: costOf(estimate),
      }),
      detailsOf({ who: imitator, base }, estimate),
    );
    return { who: imitator, label, base, trained, outside: {} };
  }

  planAnswers(model: CheckpointModel): StudyRun<'answers'> {
    const { who, label, trained, outside, base } = model;
    const { maxTokens, prompts, concurrency } = this.#config;
    const estimate = this.#estimate(model, {
      count: prompts.count,
      prompt: PROMPT_TOKENS,
      answer: maxTokens,
    });
    return this.add(
      answersStage.plan({
        label: `answers of ${label}`,
        config: { ...who, ...outside, maxTokens, ...(base && { concurrency }) },
        inputs: { prompts: this.#prompts, model: trained },
        cost: costOf(estimate),
      }),
      detailsOf(model, estimate),
    );
  }

  planMeasures(model: CheckpointModel, answers: StudyRun<'answers'>, teacher: StudyRun<'answers'>): void {
    const { who, label, trained } = model;
    const { judge } = this.#config;
    const estimate = estimateWithoutModel(QUICK);
    const inputs = { answers, teacher, model: trained };
    const cost = costOf(estimate);
    const details = detailsOf({ who }, estimate);
    this.add(styleStage.plan({ label: `style of ${label}`, config: who, inputs, cost }), details);
    // The teacher's own answers are no better and no worse.
    if (judge !== undefined && answers !== teacher) {
      const config = { ...who, judge };
      this.add(preferenceStage.plan({ label: `preference for ${label}`, config, inputs, cost }), details);
    }
    for (const benchmark of benchmarksOf(model, this.#config, this.#benchmarks))
      this.#planBenchmark(model, benchmark);
  }

  #planBenchmark(model: CheckpointModel, { name: benchmark, size }: RegisteredBenchmark): void {
    const { who, label, trained, outside } = model;
    const { benchmarks, benchmarkOptions, concurrency } = this.#config;
    const { prompt, answer } = size;
    const items = Math.min(benchmarks[benchmark] ?? 0, size.items);
    const options = benchmarkOptions[benchmark];
    const estimate = this.#estimate(model, { count: items, prompt, answer });
    this.add(
      benchmarkStage.plan({
        label: `${benchmark} of ${label}`,
        config: { ...who, ...outside, benchmark, items, concurrency, ...(options && { options }) },
        inputs: { model: trained },
        cost: costOf(estimate),
      }),
      detailsOf(model, estimate),
    );
  }

  #estimate({ base }: CheckpointModel, asked: Omit<Questions, 'concurrency'>): RunEstimate {
    const { concurrency } = this.#config;
    if (base === undefined) return estimateWithoutModel(QUICK);
    return estimateAnswering(base.sizes, { ...asked, concurrency }, this.#device);
  }

  #set(kind: Imitation['data']): FoundData | undefined {
    return this.#data.find(found => found.kind === kind);
  }
}
