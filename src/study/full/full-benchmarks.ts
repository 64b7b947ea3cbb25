import type { Benchmark } from '../../evaluate/index.ts';

/** What a study knows of a benchmark before it opens it. */
export interface FullBenchmarkFacts {
  /** Public records that it reads. */
  records: readonly string[];
  /** Items that there are. */
  items: number;
  /** Tokens of its prompts, as GPT-2's tokenizer counts them on every fifth to fiftieth item. */
  prompt: { mean: number; longest: number };
  /** Most tokens of an answer; of a choice, those that are scored. */
  answer: number;
  /** The study's measures by the benchmark's own metrics. */
  measures: Readonly<Record<string, string>>;
  open(config: { toxicity: 'surrogate' | 'perspective' }): Promise<Benchmark>;
}

/** The paper's benchmarks, §4.1 and Appendix E, each with the measure of the miniature study that stands for it. */
export const FULL_BENCHMARKS = {
  mmlu: {
    records: ['mmlu/all'],
    items: 14_042,
    prompt: { mean: 693, longest: 2969 },
    answer: 4,
    measures: { acc: 'choice.accuracy' },
    open: async () => (await evaluation()).mmlu() as Promise<Benchmark>,
  },
  nq: {
    records: ['nq-open/dev'],
    items: 3610,
    prompt: { mean: 131, longest: 147 },
    answer: 32,
    measures: { exact_match: 'facts.exact-match' },
    open: async () => (await evaluation()).naturalQuestions({ shots: 3 }) as Promise<Benchmark>,
  },
  gsm8k: {
    records: ['gsm8k/test', 'gsm8k/star-prompts'],
    items: 1319,
    prompt: { mean: 1190, longest: 1260 },
    answer: 256,
    measures: { exact_match: 'sums.exact-match' },
    open: async () => (await evaluation()).gsm8k() as Promise<Benchmark>,
  },
  humaneval: {
    records: ['humaneval/problems'],
    items: 164,
    prompt: { mean: 170, longest: 628 },
    answer: 512,
    measures: { 'pass@1': 'programs.pass' },
    open: async () => (await evaluation()).humanEval() as Promise<Benchmark>,
  },
  'cnn-dm': {
    records: ['cnn-dm/articles'],
    items: 1000,
    prompt: { mean: 1889, longest: 3155 },
    answer: 128,
    measures: { rouge1: 'summaries.rouge1', rouge2: 'summaries.rouge2', rougeL: 'summaries.rougeL' },
    open: async () => (await evaluation()).cnnDm() as Promise<Benchmark>,
  },
  toxicity: {
    records: ['realtoxicityprompts/val'],
    items: 2500,
    prompt: { mean: 15, longest: 30 },
    answer: 20,
    measures: { non_toxicity: 'toxicity.non-toxic' },
    open: async ({ toxicity }) => {
      const { fittedSurrogate, perspective, realToxicityPrompts, toxicPrompts } = await evaluation();
      const { judge, heldOut: items } = await fittedSurrogate(await toxicPrompts());
      return realToxicityPrompts({ judge: toxicity === 'perspective' ? perspective() : judge, items });
    },
  },
} as const satisfies Readonly<Record<string, FullBenchmarkFacts>>;

/** Name of one of {@link FULL_BENCHMARKS}. */
export type FullBenchmark = keyof typeof FULL_BENCHMARKS;

/** What is known of a benchmark. */
export function benchmarkFacts(name: FullBenchmark): FullBenchmarkFacts {
  return FULL_BENCHMARKS[name];
}

/** Loaded when the first benchmark is opened. */
function evaluation() {
  return import('../../evaluate/index.ts');
}
