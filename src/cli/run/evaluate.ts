import {
  type EvaluationResult,
  evaluate,
  findBenchmark,
  findOptionProblem,
  findPromptFormat,
  type ItemRow,
  type OptionValue,
  type OptionValues,
  type RegisteredBenchmark,
} from '../../evaluate/index.ts';
import type { declareEvaluate } from '../commands/evaluate.ts';
import type { InputOf, SetValues } from '../declare/command.ts';
import { flagOf } from '../declare/values.ts';
import { FAILED, UsageError } from '../exit.ts';
import { countFailures, type FailureCount, failureLines } from './failure-tally.ts';
import { openModel } from './open-model.ts';
import { priceOf } from './price-of.ts';
import { printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Scores a model on a benchmark. */
export async function run(
  input: InputOf<ReturnType<typeof declareEvaluate>>,
  setValues: SetValues,
): Promise<void> {
  const { model, predictions, json, limit, promptFormat, out: folder, temperature, seed } = input;
  const price = priceOf(input.price);
  const registered = findBenchmark(input.benchmark);
  const options = optionsFor(registered, setValues);
  const { shots = 0 } = options;
  if (shots !== 0 && !findPromptFormat(promptFormat).showsExamples)
    throw new UsageError(`--shots must be 0 in the prompt format ${promptFormat}, got ${shots}`);
  if (predictions !== undefined) return print(await scorePredictions(registered, predictions), [], json);
  if (model === undefined) throw new UsageError(`${required(registered)} is required, got none`);
  const benchmark = await registered.open(options, { seed, folder });
  const { note } = benchmark;
  if (note && json) printJson(note.facts);
  else if (note) console.error(note.text);
  // llama.cpp computes no log-likelihoods and no adapters, and generates faster.
  const needsOwn = registered.request === 'loglikelihood' || input.adapter !== undefined;
  const engine = input.engine ?? (needsOwn ? 'own' : 'llama.cpp');
  const onProgress = await progressPrinter(input);
  await untilInterrupted(
    async signal => {
      const opened = await openModel({ ...input, model, engine }, { folder, price, signal, onProgress });
      try {
        const asked = { limit, folder, temperature, seed, promptFormat, signal, onProgress } as const;
        const result = await evaluate(opened.model, benchmark, asked);
        const { metrics, items } = result;
        const failures = failuresIn(items);
        print(result, failures, json);
        if (failures.length > 0) console.error(failureText(failures, folder));
        if (metrics.length === 0 || metrics.some(({ unscored }) => unscored > 0)) process.exitCode = FAILED;
      } finally {
        await opened.close();
      }
    },
    () => console.error(folder === undefined ? 'Stopped' : `Stopped; re-run with --out ${folder} to resume`),
  );
}

function failuresIn(items: readonly ItemRow[]): FailureCount[] {
  return countFailures(items, ({ id, failure: kind, reason: message = '' }) =>
    kind ? { id, kind, message } : undefined,
  );
}

function failureText(failures: readonly FailureCount[], folder: string | undefined): string {
  const n = failures.reduce((sum, count) => sum + count.n, 0);
  const remedy = folder === undefined ? '' : '; re-run the command to retry them';
  return [`${n} calls failed${remedy}`, ...failureLines(failures)].join('\n');
}

/** Checks options by the schema of a benchmark. @throws {UsageError} naming one that it lacks, or its rule. */
function optionsFor(benchmark: RegisteredBenchmark, setValues: SetValues): OptionValues {
  const options: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(setValues)) if (isOptionValue(value)) options[name] = value;
  const problem = findOptionProblem(benchmark, options);
  if (problem) throw new UsageError(`${flagOf(problem.option)} ${problem.rule}`);
  return options;
}

function isOptionValue(value: unknown): value is OptionValue {
  return ['number', 'string', 'boolean'].includes(typeof value) || Array.isArray(value);
}

/** Lists the flags of which the command line must state one to score a benchmark. */
function required({ name, scorePredictions }: RegisteredBenchmark): string {
  return scorePredictions ? `--model, or for ${name} --predictions,` : '--model';
}

/** Scores recorded predictions without a model. */
async function scorePredictions(benchmark: RegisteredBenchmark, file: string): Promise<EvaluationResult> {
  if (!benchmark.scorePredictions)
    throw new UsageError(`--predictions is no option of ${benchmark.name}, got ${file}`);
  const { loadText } = await import('../../data/index.ts');
  return benchmark.scorePredictions(await loadText(file));
}

function print(result: EvaluationResult, failures: readonly FailureCount[], json: boolean | undefined): void {
  const { items, metrics, ...run } = result;
  if (json) printJson({ ...run, n: items.length, metrics, ...(failures.length > 0 && { failures }) });
  else console.log(result.text());
}
