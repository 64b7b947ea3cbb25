import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { BackendName } from '../../../src/compute/index.ts';
import type { Model } from '../../../src/model/index.ts';
import {
  adafactor,
  adamw,
  type Batch,
  learningRateSchedule,
  takeStep,
  trainStep,
} from '../../../src/train/index.ts';
import {
  BACKENDS,
  noFallbackOn,
  onBackend,
  PLAIN_AND_COMPILED,
  tidily,
  timesOn,
} from '../../fixtures/backends.ts';
import { handleCount } from '../compute/handle-count.ts';
import { recordedTraining } from './recorded-training.ts';

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);
  const onFallback = noFallbackOn(backend);

  test.each(['gpt2', 'llama-tied'])('steps of %s lose what PyTorch’s lose', async name => {
    const { model, batches, expected } = await recordedTraining(name, timesOn(backend, 20));
    const rate = learningRateSchedule({ steps: 20, learningRate: 1e-3, warmupSteps: 4 });
    const step = trainStep(model, { optimizer: adamw({ weightDecayFor: 'all' }), onFallback });
    const taken = batches.map((batch, i) => step(batch, rate(i + 1)));
    for (const [i, { loss, gradNorm }] of taken.entries()) {
      expect(Math.abs((await loss.array()) - (expected.get('loss')?.[i] ?? 0))).toBeLessThan(1e-4);
      expect(Math.abs((await gradNorm.array()) - (expected.get('norm')?.[i] ?? 0))).toBeLessThan(1e-3);
    }
    expect(await step.state.step?.array()).toBe(batches.length);
    step.dispose();
    tf.dispose([model.weights, batches, taken]);
  });

  test('many steps leave no tensor behind, learn a batch, and leave the model as it was', async () => {
    const steps = backend === 'webgpu' ? 8 : 200;
    const before = tf.memory().numTensors;
    const { model: whole, batches } = await recordedTraining('llama-tied');
    const model = firstLayer(whole);
    const weight = model.weights['model.norm.weight'] as tf.Tensor;
    const first = (await weight.data()).slice();
    const step = trainStep(model, { optimizer: adamw(), onFallback });
    const lose = async (): Promise<number> => {
      const { loss, gradNorm } = step(batches[0] as Batch, 1e-2);
      const value = await loss.array();
      tf.dispose([loss, gradNorm]);
      return value;
    };
    const start = await lose();
    for (let taken = 1; taken < 3; taken++) await lose();
    const held = () => [tf.memory().numTensors, backend === 'cpu' ? 0 : heldByDevice(backend)];
    const afterThree = held();
    for (let taken = 3; taken < steps - 1; taken++) tf.dispose(step(batches[0] as Batch, 1e-2));
    const last = await lose();
    expect(held()).toEqual(afterThree);
    expect(last).toBeLessThan(backend === 'webgpu' ? start : start / 10);
    expect(await weight.data()).toEqual(first);
    step.dispose();
    tf.dispose([whole.weights, batches]);
    expect(tf.memory().numTensors).toBe(before);
  }, 180_000);
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s', backend => {
  onBackend(backend);
  const onFallback = noFallbackOn(backend);

  test('steps give what takeStep gives, over fresh batches and rates', async () => {
    const { model, batches } = await recordedTraining('llama-tied', timesOn(backend, 20));
    const optimizer = adafactor();
    const rate = learningRateSchedule({ preset: 'paper', steps: 20, warmupSteps: 10, schedule: 'cosine' });
    const step = trainStep(model, { optimizer, onFallback });
    await tidily(async () => {
      let { weights } = model;
      let state: Record<string, tf.Tensor> = optimizer.start(weights);
      for (const [i, batch] of batches.entries()) {
        const found = await step(batch, rate(i + 1)).loss.array();
        const plain = takeStep({ ...model, weights }, state, batch, tf.scalar(rate(i + 1)), { optimizer });
        expect(Math.abs(found - (await plain.loss.array()))).toBeLessThan(1e-4);
        ({ weights, state } = plain);
      }
    });
    step.dispose();
    tf.dispose([model.weights, batches]);
  });
});

/** A model without its second layer, which shares its weights. */
function firstLayer({ config, weights }: Model): Model {
  const kept = Object.entries(weights).filter(([name]) => !name.includes('.layers.1.'));
  return { config: { ...config, layers: 1 }, weights: Object.fromEntries(kept) };
}

/** Tensors that TensorFlow holds, or bytes on the GPU. */
function heldByDevice(backend: BackendName): number {
  if (backend === 'tensorflow') return handleCount();
  return (tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU;
}
