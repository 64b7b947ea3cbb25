import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  adamw,
  type Batch,
  parameterScale,
  schedule,
  takeStep,
  trainStep,
} from '../../../src/train/index.ts';
import { onBackend } from '../../fixtures/backends.ts';
import { handleCount } from '../compute/handle-count.ts';
import { recordedTraining } from './recorded-training.ts';

describe.each(['cpu', 'tensorflow'] as const)('on the backend %s', backend => {
  onBackend(backend);
  const onFallback = (message: string) => expect(backend, message).toBe('cpu');

  test.each(['gpt2', 'llama-tied'])('steps of %s lose what PyTorch’s lose', async name => {
    const { model, batches, expected } = await recordedTraining(name);
    const rate = schedule({ steps: 20, rate: 1e-3, warmup: 4 });
    const step = trainStep(model, { optimizer: adamw(), onFallback });
    const taken = batches.map((batch, i) => step(batch, rate(i + 1)));
    for (const [i, { loss, norm }] of taken.entries()) {
      expect(Math.abs(loss.arraySync() - (expected.get('loss')?.[i] ?? 0))).toBeLessThan(1e-4);
      expect(Math.abs(norm.arraySync() - (expected.get('norm')?.[i] ?? 0))).toBeLessThan(1e-3);
    }
    expect(step.state.step?.arraySync()).toBe(20);
    step.dispose();
    tf.dispose([model.weights, batches, taken]);
  });

  test('steps give what takeStep gives, over 20 fresh batches and rates', async () => {
    const { model, batches } = await recordedTraining('llama-tied');
    const optimizer = parameterScale();
    const rate = schedule({ preset: 'paper', steps: 20, warmup: 10, decay: 'cosine' });
    const step = trainStep(model, { optimizer, onFallback });
    tf.tidy(() => {
      let { weights } = model;
      let state: Record<string, tf.Tensor> = optimizer.start(weights);
      for (const [i, batch] of batches.entries()) {
        const found = step(batch, rate(i + 1)).loss.arraySync();
        const plain = takeStep({ ...model, weights }, state, batch, tf.scalar(rate(i + 1)), { optimizer });
        expect(Math.abs(found - plain.loss.arraySync())).toBeLessThan(1e-4);
        ({ weights, state } = plain);
      }
    });
    step.dispose();
    tf.dispose([model.weights, batches]);
  });

  test('200 steps leave no tensor behind, learn a batch, and leave the model as it was', async () => {
    const before = tf.memory().numTensors;
    const { model, batches } = await recordedTraining('llama-tied');
    const weight = model.weights['model.norm.weight'] as tf.Tensor;
    const first = weight.dataSync().slice();
    const step = trainStep(model, { optimizer: adamw(), onFallback });
    const lose = (): number => {
      const { loss, norm } = step(batches[0] as Batch, 1e-2);
      const value = loss.arraySync();
      tf.dispose([loss, norm]);
      return value;
    };
    const start = [lose(), lose(), lose()][0] as number;
    const held = () => [tf.memory().numTensors, backend === 'tensorflow' ? handleCount() : 0];
    const afterThree = held();
    let last = start;
    for (let taken = 3; taken < 200; taken++) last = lose();
    expect(held()).toEqual(afterThree);
    expect(last).toBeLessThan(start / 10);
    expect(weight.dataSync()).toEqual(first);
    step.dispose();
    tf.dispose([model.weights, batches]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
