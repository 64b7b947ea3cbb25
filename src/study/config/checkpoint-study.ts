import {
  BENCHMARKS,
  findBenchmark,
  findOptionProblem,
  type OptionValues,
  type RegisteredBenchmark,
} from '../../evaluate/index.ts';
import type { ModelOptions } from '../../generate/index.ts';
import type { FinetuneOptions } from '../../train/index.ts';
import type { PaperShape } from './paper-shapes.ts';
import type { Budget, ImitationData } from './study.ts';

/** Base model from outside. */
export interface CheckpointConfig {
  /** Name in labels and answers. */
  name: string;
  /** Folder in Hugging Face's layout, with a `tokenizer.json`. */
  path: string;
  /** Shape, by which it is estimated and rehearsed before it is available. */
  shape?: PaperShape;
  /** Fine-tunes it on every budget; default on the largest only. */
  everyBudget?: boolean;
  /** Fine-tunes it on the local sets too. */
  local?: boolean;
}

/** Options of `finetune` that a study may set. */
export interface StudyTraining
  extends Pick<
    FinetuneOptions,
    | 'preset'
    | 'learningRate'
    | 'warmupSteps'
    | 'schedule'
    | 'decaySteps'
    | 'weightDecay'
    | 'weightDecayFor'
    | 'beta1'
    | 'beta2'
    | 'epsilon'
    | 'epochs'
    | 'maxSteps'
    | 'batchSize'
    | 'microBatchSize'
    | 'gradientCheckpointing'
    | 'matmul'
    | 'lora'
  > {
  optimizer?: 'adamw' | 'adafactor';
  /** Tokens of a block, unless the context holds fewer; default 2,048. */
  sequenceLength?: number;
}

/** Properties of the device; those left out are measured. */
export interface DeviceConfig {
  /** Gigabytes that a run may use. */
  memory?: number;
  /** Float32 operations of matrix products, 10^12 a second. */
  teraflops?: number;
  /** Gigabytes read and written a second. */
  bandwidth?: number;
  /** Share of `teraflops` that a step reaches. */
  utilization?: number;
  /** Price of an hour, in any currency. */
  pricePerHour?: number;
}

/** Model of a study that is not trained in it. */
export interface StudyModel extends ModelOptions {
  /** Identity of the content of its files, found when the study is planned; null of a server, and where they are missing. */
  fingerprint?: string | null;
}

/** A model that compares two answers. */
export type JudgeModel = StudyModel & {
  /** Most tokens of its review. */
  maxTokens?: number;
};

/** Configuration of a study of checkpoints and imitation data from outside: `data/study-config.schema.json`. */
export interface CheckpointStudy {
  /** Base models, from the smallest to the largest. */
  checkpoints: readonly CheckpointConfig[];
  /** Files of dialogues or names of records, by kind. */
  data: Readonly<Record<ImitationData, readonly string[]>>;
  /** Tokens of broad imitation data, from the smallest to the largest, counted by each checkpoint's tokenizer. */
  budgets: readonly Budget[];
  training: StudyTraining;
  /** Held-out prompts that every model answers: at most so many, without those that are like the training data's. */
  prompts: {
    source: string;
    count: number;
    /** Identity of the source's content, found when the study is planned; null where it is missing. */
    fingerprint?: string | null;
  };
  /** The teacher: recorded answers to the prompts, or a server, which also runs the benchmarks. */
  teacher: StudyModel;
  /** A second teacher sample: the ceiling of Table 2. */
  secondTeacher?: StudyModel;
  /** Model that compares two answers, and most tokens of its review, default 1,024. */
  judge?: JudgeModel;
  /** Number of the first items of each benchmark; 0 leaves it out. */
  benchmarks: Readonly<Record<string, number>>;
  /** Options of benchmarks, such as `{toxicity: {judge: 'perspective'}}`; default the paper's. */
  benchmarkOptions: Readonly<Record<string, OptionValues>>;
  /** Most tokens of an answer to a prompt. */
  maxTokens: number;
  /** Prompts answered side by side. */
  concurrency: number;
  device: DeviceConfig;
}

/** Content of a config file; what it leaves out is as in the paper. */
export type GivenCheckpointStudy = Partial<Omit<CheckpointStudy, 'data' | 'prompts' | 'benchmarks'>> & {
  data?: Partial<CheckpointStudy['data']>;
  prompts?: Partial<CheckpointStudy['prompts']>;
  benchmarks?: CheckpointStudy['benchmarks'];
};

/** The paper's study, with paths as `imitation-lab fetch` and `data build` write them. */
export const PAPER_STUDY: CheckpointStudy = {
  // §4.1; at which base models the budgets vary the paper does not say
  checkpoints: [
    { name: 'GPT-2 1.5B', path: 'checkpoints/gpt2-xl', shape: 'gpt2-xl' },
    { name: 'LLaMA 7B', path: 'checkpoints/llama-7b', shape: 'llama-7b', local: true }, // Table 1
    { name: 'LLaMA 13B', path: 'checkpoints/llama-13b', shape: 'llama-13b', local: true, everyBudget: true },
  ],
  data: {
    broad: ['sets/mix/dialogues.jsonl'], // §3, ShareGPT-Mix
    facts: ['sets/nq-synthetic/dialogues.jsonl'], // §3
    summaries: ['sets/tldr-synthetic/dialogues.jsonl'], // §3
  },
  budgets: [0.3e6, 20e6, 80e6, 150e6], // §1 gives the smallest and the largest, Table 2 the last three
  training: { preset: 'paper', batchSize: 32, epochs: 1, sequenceLength: 2048, gradientCheckpointing: true }, // §4.1, but gradientCheckpointing
  prompts: { source: 'koala/questions', count: 255 }, // §4.1, footnotes 2 and 3: 180 of the 255 are published
  teacher: { model: 'answers/chatgpt.jsonl' },
  benchmarks: allItems(BENCHMARKS),
  benchmarkOptions: {},
  maxTokens: 512, // the paper does not say
  concurrency: 8,
  device: {},
};

/**
 * Fills in what a config leaves out.
 *
 * @throws {RangeError} naming a benchmark that is not known, or an option that breaks its schema.
 */
export function checkpointStudy(
  { data, prompts, benchmarks, ...given }: GivenCheckpointStudy = {},
  known: readonly RegisteredBenchmark[] = BENCHMARKS,
): CheckpointStudy {
  for (const name of Object.keys(benchmarks ?? {})) findBenchmark(name, known);
  for (const [name, options] of Object.entries(given.benchmarkOptions ?? {})) {
    const problem = findOptionProblem(findBenchmark(name, known), options);
    if (problem) throw new RangeError(`benchmarkOptions.${name}.${problem.option} ${problem.rule}`);
  }
  return {
    ...PAPER_STUDY,
    ...given,
    // A config with data of its own does not also mean the paper's.
    data: data === undefined ? PAPER_STUDY.data : { broad: [], facts: [], summaries: [], ...data },
    prompts: { ...PAPER_STUDY.prompts, ...prompts },
    benchmarks: { ...allItems(known), ...benchmarks },
  };
}

function allItems(benchmarks: readonly RegisteredBenchmark[]): Record<string, number> {
  return Object.fromEntries(benchmarks.map(({ name, size }) => [name, size.items]));
}

/** Returns whether a model is a server's, which answers any prompt. */
export function isServer({ model }: ModelOptions): boolean {
  return /^https?:/i.test(model);
}
