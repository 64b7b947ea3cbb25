import type { PROMPT_FORMATS, RegisteredBenchmark } from '../../evaluate/index.ts';
import { defineCommand } from '../declare/command.ts';
import { benchmarkOptions } from './benchmark-options.ts';
import { MODEL_OPTIONS, PRICE, QUIET, SEED } from './shared.ts';

/** Name and summary of `imitation-lab evaluate`, which help lists before any benchmark is loaded. */
export const EVALUATE = {
  name: 'evaluate',
  summary: 'score a model on a benchmark; items that --out already holds are skipped',
  group: 'Models:',
} as const;

/** Declares `imitation-lab evaluate` for benchmarks, their names and their options, and for prompt formats. */
export function declareEvaluate(
  benchmarks: readonly RegisteredBenchmark[],
  promptFormats: typeof PROMPT_FORMATS,
) {
  return defineCommand({
    ...EVALUATE,
    arguments: {
      benchmark: {
        enum: benchmarks.map(({ name }) => name),
        required: true,
        description: 'the benchmark',
      },
    },
    options: {
      limit: { type: 'integer', minimum: 1, description: 'score the first n items only' },
      promptFormat: {
        enum: promptFormats.map(({ name }) => name),
        default: 'raw',
        description: `form of the prompts: ${promptFormats.map(({ name, description }) => `${name}: ${description}`).join('; ')}`,
      },
      temperature: {
        type: 'number',
        minimum: 0,
        default: 0,
        description: '0 takes the most likely token each time',
      },
      seed: { ...SEED, description: 'seed of sampling and bootstrap' },
      ...MODEL_OPTIONS,
      price: PRICE,
      engine: {
        enum: ['llama.cpp', 'own'],
        group: 'Model:',
        description:
          'engine of a .gguf file (default: own where log-likelihoods are required, else llama.cpp)',
      },
      predictions: {
        type: 'string',
        kind: 'source',
        description: `${predicted(benchmarks)}: rows of question and prediction, scored without a model`,
      },
      out: {
        type: 'string',
        kind: 'folder',
        description: 'folder of every item, the results and the manifest',
      },
      quiet: QUIET,
      json: { type: 'boolean', description: 'print progress and the result as JSON lines' },
    },
    setOptions: benchmarkOptions(benchmarks),
    examples: [
      'imitation-lab evaluate nq --shots 3 --model checkpoints/gpt2 --limit 100 --out runs/nq',
      'imitation-lab evaluate humaneval --model SmolLM2.gguf --prompt-format chat',
      'imitation-lab evaluate toxicity --model checkpoints/gpt2 --judge perspective',
      'imitation-lab evaluate nq --predictions predictions.jsonl',
    ],
  });
}

/** Lists the benchmarks that score recorded predictions. */
function predicted(benchmarks: readonly RegisteredBenchmark[]): string {
  return benchmarks.flatMap(({ name, scorePredictions }) => (scorePredictions ? [name] : [])).join(', ');
}
