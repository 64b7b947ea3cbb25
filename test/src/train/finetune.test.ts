import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { initialise, type Model, mergeLora } from '../../../src/model/index.ts';
import type { Progress } from '../../../src/runs/index.ts';
import { newOwner, ownerText } from '../../../src/runs/lease-owner.ts';
import type { TrainingRow } from '../../../src/schema.ts';
import {
  evaluateLoss,
  type FinetuneOptions,
  finetune,
  pretrain,
  type TrainingResult,
} from '../../../src/train/index.ts';
import { expectTensorsFreed, onBackend, PLAIN_AND_COMPILED, WITH_WEBGPU } from '../../fixtures/backends.ts';
import { TOY_CONFIG, toyBlocks } from './toy-run.mjs';

const toyModel = (): Model => ({ config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) });

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'finetune-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true })));
});

/** Fine-tunes the toy model and frees all but what `use` takes of the result. */
async function tuned<T>(
  options: Partial<FinetuneOptions>,
  use: (result: Awaited<ReturnType<typeof finetune>>) => T | Promise<T>,
): Promise<T> {
  const model = toyModel();
  try {
    const result = await finetune(model, toyBlocks(20), {
      learningRate: 3e-3,
      batchSize: 8,
      onFallback,
      ...options,
    });
    try {
      return await use(result);
    } finally {
      tf.dispose(result.model.weights);
    }
  } finally {
    tf.dispose(model.weights);
  }
}

async function bytesOf({ weights }: Model): Promise<Record<string, string>> {
  const bytes: Record<string, string> = {};
  for (const [name, weight] of Object.entries(weights)) {
    bytes[name] = Buffer.from((await weight.data()).slice().buffer).toString('hex');
  }
  return bytes;
}
const withoutTimes = (rows: readonly TrainingRow[]) =>
  rows.map(row => ({ ...row, tokensPerSecond: 0, memory: 0 }));
const onFallback = () => {};

describe('on the backend webgpu, a run', WITH_WEBGPU, () => {
  onBackend('webgpu');
  expectTensorsFreed();
  const losses = ({ rows }: TrainingResult) =>
    rows.flatMap(({ loss, evalLoss }) => [loss, evalLoss ?? []].flat());

  test('in a folder, once interrupted, resumes from its checkpoint to the same losses, except for the order of sums', async () => {
    const options = { steps: 4, checkpointEvery: 2 };
    const expected = await tuned(options, losses);
    const folder = await newFolder();
    const interrupt = new AbortController();
    const onRow = ({ step }: TrainingRow) => step === 3 && interrupt.abort();
    const interrupted = tuned({ ...options, folder, onRow, signal: interrupt.signal }, losses);
    await expect(interrupted).rejects.toThrow(/the same call resumes it/);
    const reported: number[] = [];
    const resumed = { ...options, folder, onRow: ({ step }: TrainingRow) => reported.push(step) };
    const found = await tuned(resumed, losses);
    expect(reported).toEqual([4]);
    expect(found).toHaveLength(4);
    for (const [step, loss] of found.entries()) expect(loss).toBeCloseTo(expected[step] as number, 4);
  });

  test('of adapters loses the same in micro-batches, computing blocks twice, and on blocks held out', async () => {
    const options = { steps: 3, lora: { rank: 2, alpha: 4 }, evalBlocks: toyBlocks(2, 3), evalEvery: 3 };
    const [first = Number.NaN, ...rest] = await tuned(options, losses);
    // As likely as one of 32.
    expect(first).toBeCloseTo(Math.log(32), 1);
    expect(rest).toHaveLength(3);
    const found = await tuned({ ...options, microBatchSize: 3, gradientCheckpointing: true }, losses);
    for (const [at, loss] of [first, ...rest].entries()) expect(found[at]).toBeCloseTo(loss, 4);
  });
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s, fine-tuning', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test('reports each step in a row: position in the data, tokens, tokens in the loss', async () => {
    const rows = await tuned({ epochs: 2, seed: 5 }, result => result.rows);
    expect(rows.map(({ step, epoch, tokens, lossTokens }) => [step, epoch, tokens, lossTokens])).toEqual([
      [1, 1, 128, 96],
      [2, 1, 256, 96],
      // Of 20 blocks, 4 are left.
      [3, 1, 320, 48],
      [4, 2, 448, 96],
      [5, 2, 576, 96],
      [6, 2, 640, 48],
    ]);
    for (const { learningRate, loss, gradNorm, tokensPerSecond, memory } of rows) {
      expect(learningRate).toBe(3e-3);
      expect(loss).toBeGreaterThan(0);
      expect(gradNorm).toBeGreaterThan(0);
      expect(tokensPerSecond).toBeGreaterThan(0);
      expect(memory).toBeGreaterThan(1e7);
    }
  });

  test('lowers the loss on blocks that it has not seen, and leaves the model as it was', async () => {
    const evalBlocks = toyBlocks(6, 3);
    const model = toyModel();
    const before = await evaluateLoss(model, evalBlocks);
    expect(before.n).toBe(6 * 12);
    // As likely as one of 32.
    expect(before.loss).toBeCloseTo(Math.log(32), 1);
    const first = await bytesOf(model);
    const options = { learningRate: 1e-2, batchSize: 8, steps: 40, evalBlocks, evalEvery: 15, onFallback };
    const result = await finetune(model, toyBlocks(20), options);
    const after = await evaluateLoss(result.model, evalBlocks);
    expect(after.loss).toBeLessThan(2);
    expect(result.rows.filter(row => row.evalLoss !== undefined).map(({ step }) => step)).toEqual([
      15, 30, 40,
    ]);
    expect(result.rows.at(-1)).toMatchObject({ step: 40, evalTokens: 72 });
    expect(result.rows.at(-1)?.evalLoss).toBeCloseTo(after.loss, 5);
    expect(await bytesOf(model)).toEqual(first);
    tf.dispose([model.weights, result.model.weights]);
  });

  test('of adapters alone lowers the loss too, and merged into the weights they compute the same', async () => {
    const evalBlocks = toyBlocks(6, 3);
    const options = { learningRate: 2e-2, steps: 30, lora: { rank: 4, alpha: 8 } };
    await tuned(options, async ({ model, rows }) => {
      const first = toyModel();
      const names = Object.keys(model.weights).filter(name => !(name in first.weights));
      expect(names.filter(name => name.endsWith('.lora_A.weight'))).toHaveLength(7);
      expect(await bytesOf(model)).toMatchObject(await bytesOf(first));
      const { loss } = await evaluateLoss(model, evalBlocks);
      expect(loss).toBeLessThan(rows[0]?.loss as number);
      const merged = mergeLora(model);
      expect(Object.keys(merged.weights).sort()).toEqual(Object.keys(first.weights).sort());
      expect((await evaluateLoss(merged, evalBlocks)).loss).toBeCloseTo(loss, 4);
      tf.dispose([first.weights, merged.weights]);
    });
  });

  test('in micro-batches of any size, or computing blocks twice, loses the same', async () => {
    const losses = async (microBatchSize: number, gradientCheckpointing = false) =>
      tuned({ epochs: 2, microBatchSize, gradientCheckpointing }, result =>
        result.rows.map(({ loss }) => loss),
      );
    const whole = await losses(8);
    for (const [i, loss] of (await losses(8, true)).entries())
      expect(loss).toBeCloseTo(whole[i] as number, 4);
    for (const size of [1, 3, 4]) {
      for (const [i, loss] of (await losses(size)).entries()) expect(loss).toBeCloseTo(whole[i] as number, 4);
    }
  });
});

describe('a run in a folder', () => {
  onBackend('tensorflow');
  expectTensorsFreed();
  const rowsOf = async (folder: string, name = 'metrics.jsonl') =>
    (await readFile(join(folder, name), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  const json = async (folder: string, name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));

  test('writes its rows, its state and what it was made from', async () => {
    const folder = await newFolder();
    const rows = await tuned({ steps: 4, folder, seed: 9 }, result => result.rows);
    expect(await rowsOf(folder)).toEqual(rows);
    expect(await json(folder, 'run.json')).toMatchObject({
      task: 'fine-tune',
      status: 'finished',
      ended: 'steps',
      steps: 4,
      tokens: 448,
    });
    expect(await json(folder, 'manifest.json')).toMatchObject({
      seed: 9,
      config: { batchSize: 8, blocks: 20 },
      resumed: [],
    });
  });

  test('shows itself by its facts and its folder, and by no tensor', async () => {
    const folder = await newFolder();
    const options = { steps: 3, folder, evalBlocks: toyBlocks(2), lora: { rank: 1, alpha: 1 } };
    const [shown, rows, best] = await tuned(options, result => [inspect(result), result.rows, result.best]);
    const [first, last] = [rows[0], rows[2]].map(row => row?.loss.toFixed(4));
    const lines = shown.split('\n');
    expect(lines.filter(line => !/^(time|memory)/.test(line))).toEqual([
      'steps           3',
      `train loss      ${first} at step 1, ${last} at step 3`,
      `best eval loss  ${best?.loss.toFixed(4)} at step 3`,
      // The third step finds 4 of 20 blocks left, of 16 tokens each, 12 of them in the loss.
      'tokens          320, 240 of them in the loss',
      `folder          ${folder}`,
      'model           LLaMA',
      expect.stringMatching(/^parameters {6}[\d,]+ in 11 tensors$/),
      'layers          1, 16 wide, with 32 in the MLP',
      'heads           4, 2 of keys and values',
      'context         16 tokens',
      'vocabulary      32 tokens, in and out by one matrix',
      expect.stringMatching(/^adapters {8}of rank 1 on 7 matrices, [\d,]+ parameters$/),
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^time {12}\d+ s in steps$/));
  });

  test('interrupted at any moment, ends in the same rows and weights, to the bit', async () => {
    const evalBlocks = toyBlocks(9, 3);
    const options = {
      steps: 9,
      evalBlocks,
      evalEvery: 3,
      microBatchSize: 3,
      sampleEvery: 2,
      checkpointEvery: 4,
    };
    const sample = async (model: Model, { step }: { step: number }) => [
      { prompt: 'norm', text: `${step} ${(await Object.values(model.weights)[0]?.data())?.[0]}` },
    ];
    const expected = await tuned({ ...options, sample }, async ({ model, rows }) => [
      await bytesOf(model),
      withoutTimes(rows),
    ]);
    const whole = await newFolder();
    await tuned({ ...options, sample, folder: whole }, () => {});
    const samples = await rowsOf(whole, 'samples.jsonl');
    expect(samples.map(({ step }) => step)).toEqual([2, 4, 6, 8, 9]);

    const folder = await newFolder();
    // At rows, in evaluations, and in samples.
    for (const stop of ['row 1', 'sample 2', 'row 5', 'sample 6', 'sample 9']) {
      const interrupt = new AbortController();
      const { signal } = interrupt;
      const onRow = ({ step }: TrainingRow) => stop === `row ${step}` && interrupt.abort();
      const stopping = async (model: Model, { step }: { step: number }) => {
        if (stop === `sample ${step}`) interrupt.abort();
        signal.throwIfAborted();
        return sample(model, { step });
      };
      const run = tuned({ ...options, folder, sample: stopping, onRow, signal }, () => {});
      await expect(run).rejects.toMatchObject({
        name: 'AbortError',
        message: `The training was interrupted: the same call resumes it from ${folder}`,
      });
      expect(await json(folder, 'run.json')).toMatchObject({ status: 'interrupted' });
    }
    const again = await tuned({ ...options, sample, folder }, async ({ model, rows }) => [
      await bytesOf(model),
      withoutTimes(rows),
    ]);
    expect(again).toEqual(expected);
    expect(withoutTimes(await rowsOf(folder))).toEqual(expected[1]);
    expect(await rowsOf(folder, 'samples.jsonl')).toEqual(samples);
    expect((await json(folder, 'manifest.json')).resumed).toHaveLength(5);
  });

  test.each([
    ['all weights', {}],
    ['adapters', { lora: { rank: 2, alpha: 4 } }],
  ])('that has finished is not done again: %s', async (_, more) => {
    const folder = await newFolder();
    const first = await tuned({ steps: 3, folder, ...more }, async ({ model, rows, ended }) => [
      await bytesOf(model),
      rows,
      ended,
    ]);
    let reported = 0;
    const second = await tuned(
      { steps: 3, folder, ...more, onRow: () => reported++ },
      async ({ model, rows, ended }) => [await bytesOf(model), rows, ended],
    );
    expect(second).toEqual(first);
    expect(reported).toBe(0);
  });

  test('ends by patience in the weights with the best eval loss, from the folder or from memory', async () => {
    // At this learning rate the eval loss soon rises again.
    const options = {
      learningRate: 0.3,
      steps: 60,
      evalEvery: 2,
      patience: 2,
      evalBlocks: toyBlocks(9, 3),
    };
    const folder = await newFolder();
    const inMemory = await tuned(options, async result => ({
      ...result,
      model: await bytesOf(result.model),
    }));
    const { best, rows } = inMemory;
    const losses = rows.filter(row => row.evalLoss !== undefined);
    expect(inMemory.ended).toBe('patience');
    expect(rows.length).toBe((best?.step ?? 0) + 4);
    expect(Math.min(...losses.map(({ evalLoss }) => evalLoss as number))).toBe(best?.loss);
    const written = await tuned({ ...options, folder }, async ({ model, ...result }) => {
      const { loss } = await evaluateLoss(model, options.evalBlocks);
      expect(loss).toBeCloseTo(best?.loss as number, 5);
      return { ...result, model: await bytesOf(model) };
    });
    expect(written.model).toEqual(inMemory.model);
    const again = await tuned({ ...options, folder }, result => bytesOf(result.model));
    expect(again).toEqual(inMemory.model);
    expect(await json(folder, 'run.json')).toMatchObject({ ended: 'patience', best, kept: best?.step });
  });

  test.each([
    [
      { learningRate: 1e-3 },
      'schedule {"steps":3,"learningRate":0.003}, got {"steps":3,"learningRate":0.001}',
    ],
    [{ seed: 1 }, 'seed 0, got 1'],
    [{ optimizer: 'adafactor' as const }, 'optimizer {"name":"adamw"'],
    [{ maxGradNorm: 2 }, 'maxGradNorm "default", got 2'],
    [{ dropout: 0.1 }, 'dropout 0, got 0.1'],
    [{ gradientCheckpointing: true }, 'gradientCheckpointing false, got true'],
  ])('is refused to others: %j', async (other, message) => {
    const folder = await newFolder();
    await tuned({ steps: 3, folder }, () => {});
    await expect(tuned({ steps: 3, folder, ...other }, () => {})).rejects.toThrow(
      `was started with ${message}`,
    );
  });

  test('is refused to other data, and to another model', async () => {
    const folder = await newFolder();
    const begin = (model: Model, blocks = toyBlocks(3)) =>
      finetune(model, blocks, { learningRate: 1e-3, steps: 1, folder, onFallback });
    const model = toyModel();
    const other = {
      ...model,
      weights: Object.fromEntries(
        Object.entries(model.weights).map(([name, weight]) => [name, tf.add(weight, 1)]),
      ),
    };
    tf.dispose((await begin(model)).model.weights);
    await expect(begin(model, toyBlocks(4))).rejects.toThrow(
      /the checkpoint .* was started with blocks 3, got 4/,
    );
    await expect(begin(model, toyBlocks(3, 1))).rejects.toThrow('was started with data "');
    await expect(begin(other)).rejects.toThrow('was started with weights "');
    tf.dispose([model.weights, other.weights]);
  });

  test('is refused while another process trains there, until its lease expires', async () => {
    const folder = await newFolder();
    const owner = newOwner('fine-tune', { IMITATION_LAB_HOST: 'node7' });
    const lease = join(folder, 'lease.json');
    await writeFile(lease, ownerText(owner));
    await expect(tuned({ steps: 3, folder }, () => {})).rejects.toThrow(
      `Cannot write ${folder}: process ${owner.process.pid} on node7 (fine-tune) has its lease until `,
    );
    const then = Date.now() / 1000 - 61;
    await utimes(lease, then, then);
    expect(await tuned({ steps: 3, folder }, ({ rows }) => rows.length)).toBe(3);
    expect(await readdir(folder)).not.toContain('lease.json');
  });

  test('is not written any more once another process has its folder', async () => {
    const folder = await newFolder();
    const other = ownerText(newOwner('fine-tune', { IMITATION_LAB_HOST: 'node7' }));
    vi.stubEnv('IMITATION_LAB_LEASE_SECONDS', '1');
    const lost = tuned(
      {
        steps: 1000,
        folder,
        onRow: ({ step }) => {
          // As if this process had been suspended until its lease was given to another.
          if (step === 5) writeFileSync(join(folder, 'lease.json'), other);
        },
      },
      () => {},
    );
    await expect(lost.finally(() => vi.unstubAllEnvs())).rejects.toThrow(
      `Cannot continue to write ${folder}: its lease is lost, process ${process.pid} on node7 has it now`,
    );
    expect(await json(folder, 'run.json')).toMatchObject({ status: 'running' });
    expect(await readFile(join(folder, 'lease.json'), 'utf8')).toBe(other);
  });
});

describe('fine-tuning', () => {
  onBackend('tensorflow');
  expectTensorsFreed();

  test('reports its progress in tokens, with loss and memory, and ends where patience does', async () => {
    const reported: Progress[] = [];
    await tuned({ steps: 3, onProgress: progress => reported.push(progress) }, () => {});
    expect(reported.map(({ done, total }) => [done, total])).toEqual([
      [0, 320],
      [128, 320],
      [256, 320],
      [320, 320],
    ]);
    expect(reported.at(-1)).toMatchObject({
      task: 'fine-tune',
      unit: 'tokens',
      note: expect.stringMatching(/^train loss \d\.\d{3}, \d\.\d GB$/),
    });
  });

  test('follows the paper where it is asked to', async () => {
    const rows = await tuned(
      { preset: 'paper', learningRate: undefined, batchSize: undefined, steps: 2 } as never,
      result => result.rows,
    );
    expect(rows.map(({ learningRate, lossTokens }) => [learningRate, lossTokens])).toEqual([
      [2e-3 / 1000, 240],
      [4e-3 / 1000, 240],
    ]);
  });

  test.each([
    [
      { learningRate: undefined },
      'Cannot schedule the learning rate: learningRate must be above 0, got undefined',
    ],
    [{ patience: 2 }, 'Cannot train: patience requires evalBlocks, got none'],
    [{ evalEvery: 0 }, 'Cannot train: evalEvery must be a whole number above 0, got 0'],
    [{ steps: 1.5 }, 'Cannot train: steps must be a whole number above 0, got 1.5'],
  ])('refuses %j', async (options, message) => {
    await expect(tuned(options as never, () => {})).rejects.toThrow(message);
  });

  test('refuses blocks that the model cannot read, naming what does not fit', async () => {
    const model = toyModel();
    const train = (blocks: ReturnType<typeof toyBlocks>) => finetune(model, blocks, { learningRate: 1e-3 });
    const [block] = toyBlocks(1);
    if (!block) throw new Error('there is a block');
    await expect(train([])).rejects.toThrow(
      'Cannot train on the blocks: there must be at least one, got none',
    );
    await expect(train(toyBlocks(1, 0, 17))).rejects.toThrow(
      "their length must be within the model's context of 16, got 17",
    );
    await expect(train([block, ...toyBlocks(1, 0, 8)])).rejects.toThrow(
      'they must have one length, got 16 and 8',
    );
    await expect(train([{ ...block, ids: block.ids.map(() => 32) }])).rejects.toThrow(
      "a token must be below the model's vocabSize of 32, got 32",
    );
    await expect(train([{ ...block, lossMask: new Uint8Array(16) }])).rejects.toThrow(
      'the loss must count a token, got none',
    );
    tf.dispose(model.weights);
  });

  test('stops where the loss is no number, and says after which step', async () => {
    await expect(
      tuned({ learningRate: 1e30, steps: 20, maxGradNorm: Number.POSITIVE_INFINITY }, () => {}),
    ).rejects.toThrow(
      /^Cannot continue after step \d: (loss|gradNorm) must be finite, got NaN; a lower learningRate or more warmupSteps may help$/,
    );
  });
});

describe('training from scratch', () => {
  onBackend('tensorflow');
  expectTensorsFreed();

  test('learns a stream of tokens from weights that follow from the seed', async () => {
    const tokens = Array.from({ length: 800 }, (_, at) => (3 * at) % 32);
    const options = { learningRate: 1e-2, steps: 40, batchSize: 8, onFallback };
    const { model, rows } = await pretrain(TOY_CONFIG, tokens, { ...options, seed: 3 });
    expect(rows[0]?.loss).toBeCloseTo(Math.log(32), 1);
    expect(rows.at(-1)?.loss).toBeLessThan(1);
    // Blocks of the context: the last of 50 holds 15 tokens and their successors.
    expect(rows.slice(0, 7).reduce((sum, { lossTokens }) => sum + lossTokens, 0)).toBe(799);
    const again = await pretrain(TOY_CONFIG, tokens, { ...options, seed: 3 });
    expect(await bytesOf(again.model)).toEqual(await bytesOf(model));
    tf.dispose([model.weights, again.model.weights]);
  });
});
