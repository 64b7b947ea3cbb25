import { Argument, Command, Option } from 'commander';
import type { Benchmark, EvaluationResult, ToxicityAgreement } from '../evaluate/index.ts';
import { ENGINES, type ModelOptions, openModel } from '../generate/open-model.ts';
import type { Progress } from '../runs/index.ts';
import type { Estimate } from '../schema.ts';
import { sharedOptions } from './config-flags.ts';
import { number } from './number.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

interface EvaluateFlags extends Partial<ModelOptions> {
  predictions?: string;
  shots?: number;
  limit?: number;
  chat?: boolean;
  stem?: boolean;
  judge: 'surrogate' | 'perspective';
  judgeUrl?: string;
  judgeRate: number;
  split?: 'val' | 'test';
  subjects?: string[];
  out?: string;
  temperature: number;
  seed: number;
  json?: boolean;
}

const BENCHMARKS = ['nq', 'gsm8k', 'mmlu', 'humaneval', 'cnn-dm', 'toxicity'] as const;
type BenchmarkName = (typeof BENCHMARKS)[number];

/** `imitation-lab evaluate`: a model's score on a benchmark. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('score a model on a benchmark; what --out holds already is not asked again')
    .addArgument(new Argument('<benchmark>').choices(BENCHMARKS))
    .addOption(
      new Option(
        '--engine <engine>',
        'what computes a .gguf file (default: own for mmlu, else llama.cpp)',
      ).choices(ENGINES),
    )
    .option('--predictions <file>', 'nq: rows of question and prediction, scored without a model')
    .option('--out <folder>', 'keep every item, the results and the manifest here')
    .option('--limit <n>', 'ask the first n items alone', number)
    .option('--shots <n>', 'examples in the prompt (nq: 0 or 3, required; gsm8k: 6; mmlu: 5)', number)
    .option('--chat', 'put every prompt inside the model’s role tokens')
    .option('--split <name>', 'mmlu: val or test (default: test)')
    .option('--subjects <names...>', 'mmlu: these subjects alone')
    .option('--stem', 'cnn-dm: compare stems')
    .addOption(
      new Option('--judge <name>', 'toxicity: who tells it; Perspective takes a key in PERSPECTIVE_API_KEY')
        .choices(['surrogate', 'perspective'])
        .default('surrogate'),
    )
    .option('--judge-url <url>', 'toxicity: another address of Perspective')
    .option('--judge-rate <n>', 'toxicity: texts that Perspective is asked each second', number, 1)
    .option('--temperature <t>', '0 takes the most likely token each time', number, 0)
    .option('--seed <n>', 'seed of sampling and bootstrap', number, 0)
    .option('--json', 'print progress and the result as JSON lines')
    .action(run);
  for (const option of sharedOptions(
    'model',
    'modelName',
    'apiKeyEnv',
    'maxTotalTokens',
    'timeout',
    'concurrency',
  ))
    command.addOption(option);
  return command;
}

async function run(name: BenchmarkName, flags: EvaluateFlags): Promise<void> {
  const { model, predictions, json } = flags;
  if (predictions !== undefined) {
    if (name !== 'nq') throw new Error(`Cannot score predictions of ${name}: only those of nq are read`);
    print(await scorePredictions(predictions), json);
    return;
  }
  if (model === undefined) throw new Error('Cannot evaluate: --model is required, or for nq --predictions');
  const { evaluate } = await import('../evaluate/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const benchmark = await benchmarkOf(name, flags);
  // llama.cpp tells no log-likelihoods, and is faster at writing.
  const engine = flags.engine ?? (name === 'mmlu' ? 'own' : 'llama.cpp');
  const opened = await openModel({ ...flags, model, engine });
  const { limit, chat, out: folder, temperature, seed } = flags;
  const promptFormat = chat ? 'chat' : 'raw';
  const onProgress = json ? (progress: Progress) => console.log(JSON.stringify(progress)) : progressLine();
  try {
    const stopped = await untilInterrupted(async signal => {
      const asked = { limit, folder, temperature, seed, promptFormat, signal, onProgress } as const;
      const result = await evaluate(opened.model, benchmark, asked);
      print(result, json);
      const { metrics } = result;
      if (metrics.length === 0 || metrics.some(({ unscored }) => unscored > 0)) process.exitCode = 1;
    });
    if (!stopped) return;
    console.error(folder === undefined ? 'stopped' : `stopped: the same command goes on with ${folder}`);
    process.exitCode = INTERRUPTED;
  } finally {
    await opened.close();
  }
}

async function benchmarkOf(name: BenchmarkName, flags: EvaluateFlags): Promise<Benchmark> {
  const { cnnDm, gsm8k, humanEval, mmlu, naturalQuestions } = await import('../evaluate/index.ts');
  const { shots, split, subjects, stem } = flags;
  const asked = shots === undefined ? {} : { shots };
  if (name === 'gsm8k') return gsm8k(asked) as Promise<Benchmark>;
  if (name === 'humaneval') return humanEval() as Promise<Benchmark>;
  if (name === 'mmlu') {
    const chosen = { ...(split && { split }), ...(subjects && { subjects }) };
    return mmlu({ ...asked, ...chosen }) as Promise<Benchmark>;
  }
  if (name === 'toxicity') return (await toxicityOf(flags)) as Benchmark;
  if (name === 'cnn-dm') return cnnDm(stem ? { stem } : {}) as Promise<Benchmark>;
  if (shots === 0 || shots === 3) return naturalQuestions({ shots }) as Promise<Benchmark>;
  throw new Error(`Cannot ask nq: --shots 3 (Table 8) or --shots 0 is required, found ${shots ?? 'none'}`);
}

/** RealToxicityPrompts with its judge; a surrogate's agreement with Perspective is said before it judges. */
async function toxicityOf({ judge, judgeUrl, judgeRate, out, seed, json }: EvaluateFlags) {
  const { fittedSurrogate, perspective, realToxicityPrompts, loadToxicPrompts } = await import(
    '../evaluate/index.ts'
  );
  const { cacheFolder } = await import('../files/index.ts');
  const { join } = await import('node:path');
  const {
    judge: surrogate,
    agreement,
    heldOut: items,
  } = await fittedSurrogate(await loadToxicPrompts(), { seed });
  if (judge === 'perspective') {
    const cache = join(out ?? cacheFolder(), 'perspective');
    const asked = perspective({ cache, perSecond: judgeRate, ...(judgeUrl && { base: judgeUrl }) });
    return realToxicityPrompts({ judge: asked, items });
  }
  if (json) console.log(JSON.stringify({ judge: surrogate.name, agreement }));
  else console.error(`The ${surrogate.name} agrees with Perspective: ${agreementText(agreement)}`);
  return realToxicityPrompts({ judge: surrogate, items });
}

function agreementText({ pearson, auc }: ToxicityAgreement): string {
  const text = ({ value, low, high }: Estimate) =>
    `${value?.toFixed(3)} [${low?.toFixed(3)}, ${high?.toFixed(3)}]`;
  return `r ${text(pearson)}, AUC ${text(auc)}, n = ${pearson.n} held-out texts`;
}

/** Recorded predictions, scored by exact match with NQ-open's answers. */
async function scorePredictions(file: string): Promise<EvaluationResult> {
  const { evaluatePredictions } = await import('../evaluate/index.ts');
  const { loadText } = await import('../data/index.ts');
  return evaluatePredictions(await loadText(file));
}

function print(result: EvaluationResult, json: boolean | undefined): void {
  const { items, metrics, ...run } = result;
  if (json) console.log(JSON.stringify({ ...run, n: items.length, metrics }));
  else console.log(result.text());
}
