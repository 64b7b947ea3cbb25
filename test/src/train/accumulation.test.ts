import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { BackendName } from '../../../src/compute/index.ts';
import type { Weights } from '../../../src/model/index.ts';
import {
  adamw,
  type Batch,
  learningRateSchedule,
  type Optimizer,
  trainStep,
} from '../../../src/train/index.ts';
import {
  BACKENDS,
  expectTensorsFreed,
  noFallbackOn,
  onBackend,
  PLAIN_AND_COMPILED,
  timesOn,
} from '../../fixtures/backends.ts';
import { handleCount } from '../compute/handle-count.ts';
import { recordedTraining } from './recorded-training.ts';

/** Plain descent: weights show their gradients as they are. */
const descent: Optimizer = {
  start: () => ({}),
  update: (weights, gradients, _, rate) => ({
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [
        name,
        tf.sub(weight, tf.mul(gradients[name] as tf.Tensor, rate)),
      ]),
    ),
    state: {},
  }),
};

/** The first two batches of a recorded training, and a way to give them to one step. */
type Pair = readonly [Batch, Batch];
type Way = (pair: Pair) => Batch | readonly Batch[];

/** `count` rows of a batch, as far as `length`. */
function rows({ ids, targets, lossMask }: Batch, from: number, count: number, length = ids.shape[1]): Batch {
  const cut = (x: tf.Tensor2D) => tf.slice(x, [from, 0], [count, length]);
  return { ids: cut(ids), targets: cut(targets), lossMask: cut(lossMask) };
}

const unsupervised = (batch: Batch): Batch => ({ ...batch, lossMask: tf.zerosLike(batch.lossMask) });

async function largestDifference(a: Weights, b: Weights): Promise<number> {
  const largest = tf.tidy(() =>
    tf.max(tf.stack(Object.entries(a).map(([name, x]) => tf.max(tf.abs(tf.sub(x, b[name] as tf.Tensor)))))),
  );
  const [value = Number.NaN] = await largest.data();
  largest.dispose();
  return value;
}

interface Stepped {
  loss: number;
  norm: number;
  weights: Weights;
}

/** What one step of plain descent makes of a recorded model on a backend, given its batches in one way. */
async function stepped(backend: BackendName, name: string, way: Way): Promise<Stepped> {
  const { model, batches } = await recordedTraining(name);
  const step = trainStep(model, {
    optimizer: descent,
    maxGradNorm: Number.POSITIVE_INFINITY,
    onFallback: noFallbackOn(backend),
  });
  const taken = tf.tidy(() => step(way(batches as unknown as Pair), 1));
  const weights = Object.fromEntries(Object.entries(step.weights).map(([name, x]) => [name, x.clone()]));
  const [loss, norm] = [await taken.loss.array(), await taken.gradNorm.array()];
  step.dispose();
  tf.dispose([model.weights, batches, taken]);
  return { loss, norm, weights };
}

async function expectSame(backend: BackendName, name: string, one: Way, other: Way): Promise<void> {
  const [a, b] = [await stepped(backend, name, one), await stepped(backend, name, other)];
  expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-6);
  expect(Math.abs(a.norm - b.norm)).toBeLessThan(1e-5);
  expect(await largestDifference(a.weights, b.weights)).toBeLessThan(1e-6);
  tf.dispose([a.weights, b.weights]);
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test('where no batch has a supervised token, the loss is 0 and nothing is learned', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const ways: Way[] = [pair => pair.map(unsupervised), ([a]) => unsupervised(a)];
    for (const way of ways.slice(0, backend === 'webgpu' ? 1 : 2)) {
      const { loss, norm, weights } = await stepped(backend, 'gpt2', way);
      expect([loss, norm, await largestDifference(weights, model.weights)]).toEqual([0, 0, 0]);
      tf.dispose(weights);
    }
    tf.dispose([model.weights, batches]);
  });

  test.each(backend === 'webgpu' ? ['llama-tied'] : ['gpt2', 'llama-tied'])(
    'AdamW trains %s row by row as PyTorch does',
    async name => {
      const { model, batches, expected } = await recordedTraining(name, timesOn(backend, 20));
      const rate = learningRateSchedule({ steps: 20, learningRate: 1e-3, warmupSteps: 4 });
      const step = trainStep(model, { optimizer: adamw({ weightDecayFor: 'all' }), onFallback });
      for (const [i, batch] of batches.entries()) {
        const taken = tf.tidy(() => step([rows(batch, 0, 1), rows(batch, 1, 1)], rate(i + 1)));
        const [loss, norm] = [await taken.loss.array(), await taken.gradNorm.array()];
        expect(Math.abs(loss - (expected.get('loss')?.[i] ?? 0))).toBeLessThan(1e-4);
        expect(Math.abs(norm - (expected.get('norm')?.[i] ?? 0))).toBeLessThan(1e-3);
        tf.dispose(taken);
      }
      expect(await step.state.step?.array()).toBe(batches.length);
      step.dispose();
      tf.dispose([model.weights, batches]);
    },
  );

  test('steps over several batches leave no tensor behind', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const step = trainStep(model, { optimizer: adamw(), onFallback });
    const held = () => [tf.memory().numTensors, backend === 'tensorflow' ? handleCount() : 0];
    const take = () => tf.dispose(step(batches.slice(0, 3), 1e-3));
    for (let i = 0; i < 3; i++) take();
    const before = held();
    for (let i = 0; i < timesOn(backend, 20); i++) take();
    expect(held()).toEqual(before);
    step.dispose();
    tf.dispose([model.weights, batches]);
  });
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test.each(['gpt2', 'llama-tied'])('batches together teach %s what one batch of all does', async name => {
    const joined = ([a, b]: Pair): Batch => ({
      ids: tf.concat([a.ids, b.ids]),
      targets: tf.concat([a.targets, b.targets]),
      lossMask: tf.concat([a.lossMask, b.lossMask]),
    });
    // Of 1 and 3 rows, with as many supervised tokens as they happen to have: each weighs by its own.
    await expectSame(backend, name, joined, pair => [rows(joined(pair), 0, 1), rows(joined(pair), 1, 3)]);
  });

  test('batches may differ in length: what is cut off the padding changes nothing', async () => {
    const kept = tf.tensor2d([Array(12).fill(1), [...Array(7).fill(1), ...Array(5).fill(0)]]);
    const padded = ([a]: Pair): Batch => ({ ...a, lossMask: tf.mul(a.lossMask, kept) });
    await expectSame(backend, 'llama-tied', padded, ([a]) => [rows(a, 0, 1), rows(a, 1, 1, 7)]);
    kept.dispose();
  });

  test('a batch without any supervised token adds nothing', async () => {
    await expectSame(
      backend,
      'gpt2',
      ([a]) => a,
      ([a, b]) => [unsupervised(b), a, unsupervised(b)],
    );
  });

  test('a step that fails half-way leaves no trace in the next', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const [a, b] = batches as unknown as Pair;
    const options = { optimizer: descent, onFallback };
    const [failed, fresh] = [trainStep(model, options), trainStep(model, options)];
    const long = tf.zeros<tf.Rank.R2>([1, 25], 'int32');
    const tooLong = { ids: long, targets: long, lossMask: tf.ones<tf.Rank.R2>([1, 25]) };
    expect(() => failed([a, tooLong], 1)).toThrow('Cannot run the model on 25 tokens: its context holds 24');
    expect(() => failed([], 1)).toThrow('there must be at least one batch, got none');
    tf.dispose([failed([a, b], 1), fresh([a, b], 1)]);
    expect(await largestDifference(failed.weights, fresh.weights)).toBe(0);
    failed.dispose();
    fresh.dispose();
    tf.dispose([model.weights, batches, tooLong]);
  });
});
