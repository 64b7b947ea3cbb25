import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trainCommand } from '../../../src/cli/commands/train.ts';
import { trainingOptions } from '../../../src/cli/run/train-options.ts';
import type { FinetuneOptions } from '../../../src/train/index.ts';
import { trainingPlan } from '../../../src/train/training-plan.ts';
import { TOY_CONFIG, toyBlocks } from '../train/toy-run.mjs';

/** Options of training, by their flags' names, each with a value that is not its default, and what may go with it. */
const CHANGED: Readonly<Record<string, [value: unknown, beside?: Readonly<Record<string, unknown>>]>> = {
  preset: ['paper'],
  learningRate: [0.5],
  optimizer: ['adafactor'],
  warmupSteps: [3],
  schedule: ['cosine'],
  decaySteps: [4, { schedule: 'warmup-stable-decay' }],
  weightDecay: [0.1],
  weightDecayFor: ['all'],
  beta1: [0.8],
  beta2: [0.95],
  epsilon: [1e-6],
  epochs: [2],
  steps: [9],
  maxSteps: [2],
  batchSize: [3],
  microBatchSize: [1],
  maxGradNorm: [0.3],
  dropout: [0.1],
  gradientCheckpointing: [true],
  matmul: ['bfloat16'],
  loraRank: [4, { loraAlpha: 8 }],
  loraAlpha: [9, { loraRank: 4 }],
  loraTargets: [['q_proj'], { loraRank: 4, loraAlpha: 8 }],
  loraRankPattern: [{ q_proj: 2 }, { loraRank: 4, loraAlpha: 8 }],
  loraAlphaPattern: [{ q_proj: 2 }, { loraRank: 4, loraAlpha: 8 }],
  loraDropout: [0.2, { loraRank: 4, loraAlpha: 8 }],
  evalEvery: [2],
  patience: [2],
  sampleEvery: [2],
  checkpointEvery: [7],
  keep: [5],
  seed: [6],
};

/** Options of files and data, of the samples' own and of the backend. */
const OTHERS = [
  ...['config', 'model', 'tokenizer', 'data', 'evalData', 'out', 'run', 'backend'],
  ...['format', 'sequenceLength', 'packing', 'crossAttention'],
  ...['samplePrompts', 'sampleCount', 'sampleMaxTokens', 'sampleTemperature'],
];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'options-'));
  await writeFile(join(folder, 'data.jsonl'), '');
});
afterAll(() => rm(folder, { recursive: true }));

/** Plans the run of options by their flags' names, over ten blocks. */
async function planOf(values: Readonly<Record<string, unknown>>) {
  const files = { model: folder, data: [join(folder, 'data.jsonl')], out: folder };
  const options: FinetuneOptions = trainingOptions(await trainCommand.config.read({ ...files, ...values }));
  // Those that need data or a function have them.
  const { learningRateAt, settings, order, tokensAfter, blocks, evalBlocks, stepOptions, ...cadence } =
    await trainingPlan({ config: TOY_CONFIG, weights: {} }, toyBlocks(10), {
      learningRate: 1,
      batchSize: 2,
      ...options,
      evalBlocks: toyBlocks(2),
      sample: async () => [],
    });
  return { settings, cadence, rates: [1, 2].map(learningRateAt) };
}

const plans = new Map<string, ReturnType<typeof planOf>>();

/** Plans a run to compare with, once. */
function unchanged(values: Readonly<Record<string, unknown>>): ReturnType<typeof planOf> {
  const key = JSON.stringify(values);
  const plan = plans.get(key) ?? planOf(values);
  plans.set(key, plan);
  return plan;
}

/** States options in a file, as their flags' names would on the command line. */
async function fileOf(values: Readonly<Record<string, unknown>>): Promise<string> {
  const lora: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const part = /^lora(.)(.*)$/.exec(name);
    if (part) lora[`${part[1]?.toLowerCase()}${part[2]}`] = value;
    else own[name] = value;
  }
  const config = join(folder, 'train.json');
  await writeFile(config, JSON.stringify({ ...own, ...(Object.keys(lora).length > 0 && { lora }) }));
  return config;
}

describe('an option of train', () => {
  test('is one of training that is listed here, or of files, data, samples and the backend', () => {
    expect(Object.keys(trainCommand.config.options).sort()).toEqual(
      [...Object.keys(CHANGED), ...OTHERS].sort(),
    );
  });

  test.each(Object.entries(CHANGED))('%s changes the run, alike from flag and file', async (name, stated) => {
    const [value, beside = {}] = stated;
    const flagged = await planOf({ ...beside, [name]: value });
    const without = name.startsWith('lora') && Object.keys(beside).length < 2 ? {} : beside;
    expect(flagged).not.toEqual(await unchanged(without));
    expect(await planOf({ config: await fileOf({ ...beside, [name]: value }) })).toEqual(flagged);
  });
});

test('words that are no choice are refused in the function too', async () => {
  const plan = (options: Record<string, unknown>) =>
    trainingPlan({ config: TOY_CONFIG, weights: {} }, toyBlocks(10), { learningRate: 1, ...options });
  await expect(plan({ matmul: 'float16' })).rejects.toThrow(
    'matmul must be one of float32, bfloat16, got float16',
  );
  await expect(plan({ optimizer: 'sgd' })).rejects.toThrow(
    'optimizer must be one of adamw, adafactor, got sgd',
  );
  await expect(plan({ weightDecayFor: 'biases' })).rejects.toThrow('weightDecayFor must be one of');
  await expect(plan({ preset: 'papr' })).rejects.toThrow('preset must be one of paper, got papr');
});
