import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { addLora, type Model } from '../../../src/model/index.ts';
import { adamw, type Batch, gradients, trainStep } from '../../../src/train/index.ts';
import {
  BACKENDS,
  expectTensorsFreed,
  noFallbackOn,
  onBackend,
  PLAIN_AND_COMPILED,
} from '../../fixtures/backends.ts';
import { recordedTraining } from './recorded-training.ts';

async function valuesOf(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, number[]>> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => [name, [...(await tensor.data())]]);
  return Object.fromEntries(await Promise.all(entries));
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-5);
  }
}

/** The model, once as it is and once with adapters that count. */
function both(model: Model): Model[] {
  const { weights } = addLora(model, { rank: 2, alpha: 2 });
  const moved = Object.entries(weights).map(([name, weight]) => {
    if (!name.endsWith('lora_B.weight')) return [name, weight];
    weight.dispose();
    return [name, tf.fill(weight.shape, 0.1)];
  });
  return [model, { ...model, weights: Object.fromEntries(moved) }];
}

describe.each(BACKENDS)('on the backend %s, gradient checkpointing', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test.each(['gpt2', 'llama-tied'])('gives the loss and the gradients of %s to the bit', async name => {
    const { model, batches } = await recordedTraining(name);
    const models = both(model);
    for (const each of models) {
      const [whole, byBlock] = [false, true].map(gradientCheckpointing =>
        gradients(each, batches[0] as Batch, { gradientCheckpointing }),
      ) as [ReturnType<typeof gradients>, ReturnType<typeof gradients>];
      expect(await byBlock.loss.array()).toBe(await whole.loss.array());
      expect(await valuesOf(byBlock.gradients)).toEqual(await valuesOf(whole.gradients));
      tf.dispose([whole, byBlock]);
    }
    tf.dispose([models[1]?.weights ?? {}, batches]);
  });

  test('names a batch that is too long', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const ids = tf.zeros<tf.Rank.R2>([1, 25], 'int32');
    const batch = { ids, targets: ids, lossMask: tf.ones<tf.Rank.R2>([1, 25]) };
    expect(() => gradients(model, batch, { gradientCheckpointing: true })).toThrow(
      'Cannot run the model on 25 tokens: its context holds 24',
    );
    tf.dispose([model.weights, batches, batch]);
  });
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s, gradient checkpointing', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test.each([
    ['gpt2', 'all weights', 0],
    ['llama-tied', 'its adapters', 1],
  ])('trains %s, %s, as without: by one batch, then by two', async (name, _, which) => {
    const { model, batches } = await recordedTraining(name);
    const models = both(model);
    const train = async (gradientCheckpointing: boolean): Promise<number[]> => {
      const options = { optimizer: adamw(), onFallback, gradientCheckpointing };
      const step = trainStep(models[which] as Model, options);
      const taken = [step(batches[0] as Batch, 1e-2), step(batches.slice(1, 3), 1e-2)];
      const scalars = taken.flatMap(({ loss, gradNorm }) => [loss.array(), gradNorm.array()]);
      const values = await Promise.all(scalars);
      step.dispose();
      tf.dispose(taken);
      return values;
    };
    expectClose(await train(true), await train(false));
    tf.dispose([models[1]?.weights ?? {}, batches]);
  });

  test('a block that is computed again drops out what it did the first time', async () => {
    const { model, batches } = await recordedTraining('llama-tied');
    const lossesOf = async (gradientCheckpointing: boolean) => {
      const options = {
        optimizer: adamw(),
        dropout: 0.3,
        seed: 3,
        gradientCheckpointing,
        onFallback: () => {},
      };
      const step = trainStep(model, options);
      const taken: number[] = [];
      for (const _ of [1, 2]) {
        const { loss, gradNorm } = step(batches[0] as Batch, 1e-2);
        taken.push(await loss.array(), await gradNorm.array());
        tf.dispose([loss, gradNorm]);
      }
      step.dispose();
      return taken;
    };
    expectClose(await lossesOf(true), await lossesOf(false));
    tf.dispose([model.weights, batches]);
  });
});

test('compiled, gradient checkpointing takes less than half of the memory where activations are most of it', async () => {
  const script = join(import.meta.dirname, 'step-memory.mjs');
  const grownBy = async (gradientCheckpointing: boolean) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(gradientCheckpointing)]);
    return Number(stdout);
  };
  const [whole, byBlock] = [await grownBy(false), await grownBy(true)];
  expect(byBlock).toBeGreaterThan(0);
  expect(byBlock).toBeLessThan(whole / 2);
}, 120_000);
