import { CNN_DM } from './cnn-dm.ts';
import type { Metric, RegisteredBenchmark } from './define-benchmark.ts';
import { GSM8K } from './gsm8k.ts';
import { HUMANEVAL } from './humaneval.ts';
import { MMLU } from './mmlu.ts';
import { NATURAL_QUESTIONS } from './natural-questions.ts';
import { TOXICITY } from './toxicity.ts';

export {
  defineBenchmark,
  findOptionProblem,
  type Metric,
  type OptionProblem,
  type OptionSchema,
  type OptionValue,
  type OptionValues,
  type RegisteredBenchmark,
} from './define-benchmark.ts';

/**
 * Every benchmark, in the paper's order, §4.1 and Appendix E. The choices and help of the command line, the configs and
 * dry runs of studies, estimates and figures follow from this list. Importing it loads no data and no readers.
 */
export const BENCHMARKS = [
  MMLU,
  NATURAL_QUESTIONS,
  HUMANEVAL,
  GSM8K,
  CNN_DM,
  TOXICITY,
] as const satisfies readonly RegisteredBenchmark[];

/** Finds a benchmark by its name. @throws {RangeError} naming those that there are, if there is none of this name. */
export function findBenchmark(
  name: string,
  benchmarks: readonly RegisteredBenchmark[] = BENCHMARKS,
): RegisteredBenchmark {
  const found = benchmarks.find(benchmark => benchmark.name === name);
  if (found) return found;
  const names = benchmarks.map(benchmark => benchmark.name).join(', ');
  throw new RangeError(`benchmark must be one of ${names}, got ${name}`);
}

/** A measure of a study's rows that a benchmark fills. */
export interface BenchmarkMeasure extends Omit<Metric, 'measure'> {
  /** Such as `facts.exact-match`. */
  name: string;
}

/** Lists the measures of a study's rows that benchmarks fill, in their order. */
export function benchmarkMeasures(
  benchmarks: readonly RegisteredBenchmark[] = BENCHMARKS,
): BenchmarkMeasure[] {
  return benchmarks.flatMap(({ metrics }) =>
    Object.values(metrics).flatMap(({ measure: name, ...metric }) =>
      name === undefined ? [] : [{ name, ...metric }],
    ),
  );
}

/** Names of the measures that {@link BENCHMARKS} fill. */
export type BenchmarkMeasureName = MeasureName<(typeof BENCHMARKS)[number]['metrics']>;

export type MeasureName<Metrics> = Metrics extends unknown
  ? {
      [Name in keyof Metrics]: Metrics[Name] extends { measure: infer Measure } ? Measure : never;
    }[keyof Metrics]
  : never;
