import type { ModelOptions } from '../../generate/index.ts';
import type { FinetuneOptions } from '../../train/index.ts';
import { FULL_BENCHMARKS, type FullBenchmark } from './full-benchmarks.ts';
import type { PaperShape } from './paper-shapes.ts';

/** What a model imitates the teacher from: much about everything, or one task alone. */
export type FullData = 'broad' | 'facts' | 'summaries';

/** Tokens of a part of a set, or the whole of it. */
export type Budget = number | 'all';

/** A base model. */
export interface CheckpointConfig {
  /** What labels and answers call it. */
  name: string;
  /** A folder in Hugging Face's layout, GPT-2 or LLaMA, with a `tokenizer.json`. */
  path: string;
  /** Its shape, by which it is estimated and tried before it is at hand. */
  shape?: PaperShape;
  /** Whether it imitates from every budget; else from the largest alone. */
  everyBudget?: boolean;
  /** Whether it imitates from the local sets too. */
  local?: boolean;
}

/** Options of `finetune` that a study states. */
export interface FullTraining
  extends Pick<
    FinetuneOptions,
    | 'preset'
    | 'learningRate'
    | 'warmupSteps'
    | 'schedule'
    | 'epochs'
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

/** What is known of the device, in place of what can be measured. */
export interface DeviceConfig {
  /** Gigabytes that a run may take. */
  memory?: number;
  /** Float32 operations of matrix products, 10^12 a second. */
  teraflops?: number;
  /** Gigabytes that it reads and writes a second. */
  bandwidth?: number;
  /** Share of `teraflops` that a step reaches. */
  utilization?: number;
  /** What an hour costs, in any currency. */
  pricePerHour?: number;
}

/** What `data/study-config.schema.json` describes: a study of checkpoints and imitation data from outside. */
export interface FullConfig {
  /** From the smallest to the largest. */
  checkpoints: readonly CheckpointConfig[];
  /** Files of dialogues, or records' names, by what they are about. */
  data: Readonly<Record<FullData, readonly string[]>>;
  /** Tokens of broad imitation data, from the smallest to the largest, as each checkpoint's tokenizer counts them. */
  budgets: readonly Budget[];
  training: FullTraining;
  /** Held-out prompts that every model answers: at most so many, without those that are like the training data's. */
  prompts: { source: string; count: number };
  /** The teacher's answers to the prompts, recorded or from a server; a server is put to the benchmarks too. */
  teacher: ModelOptions;
  /** A second sample of the teacher: the ceiling of Table 2. */
  teacherAgain?: ModelOptions;
  /** The model that is asked which of two answers is better, and most tokens of its review; default 1,024. */
  judge?: ModelOptions & { maxTokens?: number };
  /** Items of each benchmark, the first ones; 0 leaves it out. */
  benchmarks: Readonly<Record<FullBenchmark, number>>;
  /** Who tells how toxic a text is. */
  toxicity: 'surrogate' | 'perspective';
  /** Most tokens of an answer to a prompt. */
  maxTokens: number;
  /** Prompts answered side by side. */
  concurrency: number;
  device: DeviceConfig;
}

/** What a config file holds: whatever it leaves out is as the paper has it. */
export type GivenFullConfig = Partial<Omit<FullConfig, 'data' | 'prompts' | 'benchmarks'>> & {
  data?: Partial<FullConfig['data']>;
  prompts?: Partial<FullConfig['prompts']>;
  benchmarks?: Partial<FullConfig['benchmarks']>;
};

/** The paper's study, where its parts stand as `imitation-lab fetch` and `data build` would put them. */
export const PAPER_STUDY: FullConfig = {
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
  benchmarks: benchmarkItems(),
  toxicity: 'surrogate',
  maxTokens: 512, // the paper does not say
  concurrency: 8,
  device: {},
};

/** The config with what it leaves out filled in. */
export function fullConfig({ data, prompts, benchmarks, ...given }: GivenFullConfig = {}): FullConfig {
  return {
    ...PAPER_STUDY,
    ...given,
    // Whoever names data of their own does not mean the paper's beside it.
    data: data === undefined ? PAPER_STUDY.data : { broad: [], facts: [], summaries: [], ...data },
    prompts: { ...PAPER_STUDY.prompts, ...prompts },
    benchmarks: { ...PAPER_STUDY.benchmarks, ...benchmarks },
  };
}

function benchmarkItems(): Record<FullBenchmark, number> {
  const items = Object.entries(FULL_BENCHMARKS).map(([name, { items }]) => [name, items]);
  return Object.fromEntries(items) as Record<FullBenchmark, number>;
}
