import type { FetchOptions } from '../../data/index.ts';
import { brokenRule } from '../../text/index.ts';
import type { Benchmark } from '../benchmark.ts';
import type { EvaluationResult } from '../evaluation-result.ts';

/** Value of an option, from a command line or a config. */
export type OptionValue = number | string | boolean | readonly string[];

/** Options of a benchmark by their names, from a command line or a config. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** An option in the words of JSON Schema: its flag, its help and its bounds follow from it. */
export interface OptionSchema {
  type: 'integer' | 'number' | 'string' | 'boolean' | 'array';
  /** The values that it may have; default any of its type within the bounds. */
  enum?: readonly (string | number)[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  /** Schema of an array's items, which are strings. */
  items?: { type: 'string' };
  default?: number | string | boolean;
  description: string;
}

/** A metric of a benchmark. */
export interface Metric {
  /** Words of a figure's axis. */
  label: string;
  /** Shares lie between 0 and 1, percents between 0 and 100. */
  unit: 'share' | 'percent';
  /** The measure of a study's rows that holds it; default none. */
  measure?: string;
  /** Value of one who guesses, such as .25 of four choices; default none. */
  chance?: number;
  /** Its panel: in Figure 4 of this title, in Figure 5 of the figure's own; default none. */
  panel?: { figure: 4; title: string } | { figure: 5; title?: undefined };
}

/** Something that a benchmark requires besides its records. */
export interface Requirement {
  /** Such as `a sandbox for Python`. */
  what: string;
  /** @throws {Error} with the reason, if it is missing. */
  check(): Promise<void>;
}

/** Settings of opening a benchmark that are no options of its own. */
export interface OpenContext extends FetchOptions {
  /** Seed of what the benchmark fits; default 0. */
  seed?: number | undefined;
  /** Folder of the run, which keeps answers of services; default the user's cache folder. */
  folder?: string | undefined;
}

/** A benchmark before any of its records is read: all that the command line, studies and figures know of it. */
export interface RegisteredBenchmark<
  Metrics extends Readonly<Record<string, Metric>> = Readonly<Record<string, Metric>>,
> {
  /** Name on the command line and in configs, such as `mmlu`. */
  name: string;
  /** Such as `MMLU`. */
  title: string;
  /** The kind of request that models are sent. A chat server may answer no log-likelihood requests. */
  request: 'generate-until' | 'loglikelihood';
  options: Readonly<Record<string, OptionSchema>>;
  metrics: Metrics;
  /** Public records that it reads. */
  records: readonly string[];
  /** Sizes, from which a dry run estimates time and memory. */
  size: {
    items: number;
    /** Tokens of its prompts, as GPT-2's tokenizer counts them on every fifth to fiftieth item. */
    prompt: { mean: number; longest: number };
    /** Most tokens of an answer; of a log-likelihood request, those that are scored. */
    answer: number;
  };
  /** Default nothing. */
  requirements?(options: OptionValues): readonly Requirement[];
  /** Options of a rehearsal, which calls no service; default none. */
  rehearsal?: OptionValues;
  /** Scores recorded predictions without a model; default not at all. */
  scorePredictions?(file: { text: string; name: string }): Promise<EvaluationResult>;
  /**
   * Reads the items, and says how they are asked and scored.
   *
   * @throws {RangeError} naming an option that the benchmark lacks, or whose value breaks its schema.
   * @throws {Error} if a record cannot be fetched, or a requirement is not met.
   */
  open(options?: OptionValues, context?: OpenContext): Promise<Benchmark>;
}

/** A benchmark as its own file states it: `open` has options and items of its own types. */
export interface BenchmarkDefinition<
  Options,
  Item extends { id: string },
  Metrics extends Readonly<Record<string, Metric>>,
  Schemas,
> extends Omit<RegisteredBenchmark<Metrics>, 'options' | 'open'> {
  /** Schemas of options that `open` has. */
  options: Schemas;
  open(options?: Options): Promise<Benchmark<Item>>;
}

/** Makes a benchmark for the registry, in which all have one type. */
export function defineBenchmark<
  Options extends object,
  Item extends { id: string },
  const Metrics extends Readonly<Record<string, Metric>>,
  Schemas extends { readonly [Name in keyof Schemas]: Name extends keyof Options ? OptionSchema : never },
>(definition: BenchmarkDefinition<Options, Item, Metrics, Schemas>): RegisteredBenchmark<Metrics> {
  const { name } = definition;
  const options: RegisteredBenchmark['options'] = { ...definition.options };
  return {
    ...definition,
    options,
    open: async (values = {}, context = {}) => {
      const problem = findOptionProblem({ name, options }, values);
      const stated = { ...context, ...values };
      if (isStated<Options>(stated, problem)) return definition.open(stated);
      throw new RangeError(`Cannot open ${name}: ${problem?.option} ${problem?.rule}`);
    },
  };
}

/** An option that breaks its schema, and how: `must be >= 0, got -1`. */
export interface OptionProblem {
  option: string;
  rule: string;
}

/** Finds the first option that a benchmark lacks, or whose value breaks its schema; undefined if there is none. */
export function findOptionProblem(
  { name, options }: Pick<RegisteredBenchmark, 'name' | 'options'>,
  values: OptionValues,
): OptionProblem | undefined {
  for (const [option, value] of Object.entries(values)) {
    const schema = options[option];
    const known = Object.keys(options).join(', ') || 'none';
    const rule = schema ? brokenRule(schema, value) : `is no option of ${name}; its options: ${known}`;
    if (rule !== undefined) return { option, rule };
  }
  return undefined;
}

/** Reports whether values that schemas were checked against have the type that these schemas state. */
function isStated<Options extends object>(
  _values: object,
  problem: OptionProblem | undefined,
): _values is Options {
  return problem === undefined;
}
