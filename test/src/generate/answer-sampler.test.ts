import { rm } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerSampler, type LocalModel, localModel, type Weights } from '../../../src/generate/index.ts';
import type { TrainingSample } from '../../../src/schema.ts';
import { packTokens } from '../../../src/tokenize/index.ts';
import { finetune } from '../../../src/train/index.ts';
import { onBackend } from '../../fixtures/backends.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

onBackend('tensorflow');

let folder = '';
let model: LocalModel;
beforeAll(async () => {
  folder = await tinyModel();
  model = await localModel(folder);
});
afterAll(async () => {
  model.dispose();
  await rm(folder, { recursive: true });
});

const PROMPTS = [
  { id: 'a', text: 'abc', reference: 'd.' },
  { id: 'b', text: 'xyz12' },
];

/** Trains on random tokens, which changes every answer, and returns the samples and the final model. */
async function sampled(sample: ReturnType<typeof answerSampler>, more = {}) {
  const samples: TrainingSample[] = [];
  const { model: trained } = await finetune(
    model.model,
    packTokens(
      Array.from({ length: 80 }, (_, i) => (i * i) % 48),
      10,
    ),
    {
      ...{ learningRate: 0.05, steps: 4, batchSize: 4, sample, sampleEvery: 2 },
      onSamples: found => samples.push(...found),
      ...more,
    },
  );
  sample.dispose();
  return { samples, trained };
}

/** Returns the answers by weights of the same shape. */
async function answers(weights: Weights, options: object) {
  const sample = answerSampler(PROMPTS, model.vocabulary, options);
  const found = await sample({ config: model.model.config, weights }, { step: 0 });
  sample.dispose();
  return found.map(({ text }) => text);
}

describe('answerSampler()', () => {
  test('answers by the model as it is: first as generate does, then as training has changed it', async () => {
    const options = { maxTokens: 6, chat: true };
    const before = await answers(model.model.weights, options);
    const generated = new Map<string, string | null>();
    for await (const { promptId, text } of model.generate(PROMPTS, options)) generated.set(promptId, text);
    expect(before).toEqual([generated.get('a'), generated.get('b')]);

    const { samples, trained } = await sampled(answerSampler(PROMPTS, model.vocabulary, options));
    expect(samples.map(({ step, promptId }) => [step, promptId])).toEqual([
      ...[
        [2, 'a'],
        [2, 'b'],
      ],
      ...[
        [4, 'a'],
        [4, 'b'],
      ],
    ]);
    expect(samples[0]).toMatchObject({ prompt: 'abc', reference: 'd.' });
    const after = samples.slice(2).map(({ text }) => text);
    expect(after).toEqual(await answers(trained.weights, options));
    expect(after).not.toEqual(before);
    tf.dispose(trained.weights);
  });

  test('answers by adapters in training, and leaves no tensors', async () => {
    const options = { maxTokens: 6, chat: false };
    const lora = { rank: 2, alpha: 40 };
    const tensors = tf.memory().numTensors;
    const { samples, trained } = await sampled(answerSampler(PROMPTS, model.vocabulary, options), { lora });
    const texts = samples.slice(2).map(({ text }) => text);
    expect(texts).toEqual(await answers(trained.weights, options));
    expect(texts).not.toEqual(await answers(model.model.weights, options));
    tf.dispose(trained.weights);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('is bounded by maxTokens, and states why a prompt cannot be answered', async () => {
    const long = { id: 'long', text: 'a'.repeat(99) };
    const sample = answerSampler([...PROMPTS, long], model.vocabulary, { maxTokens: 3, chat: false });
    const found = await sample(model.model, { step: 1 });
    sample.dispose();
    expect(Math.max(...found.slice(0, 2).map(({ tokens }) => tokens ?? 99))).toBeLessThanOrEqual(3);
    expect(found[2]).toEqual({
      promptId: 'long',
      prompt: long.text,
      text: null,
      finish: 'error',
      error: { kind: 'rejected', message: expect.stringContaining('Cannot answer a prompt of 100 tokens') },
    });
    expect(() => answerSampler(PROMPTS, model.vocabulary, { maxTokens: 0 })).toThrow(
      'maxTokens must be an integer of at least 1, found 0',
    );
  });

  test('stops at once when the run is interrupted', async () => {
    const sample = answerSampler(PROMPTS, model.vocabulary, { maxTokens: 6 });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(sample(model.model, { step: 1, signal })).rejects.toThrow('enough');
    sample.dispose();
  });
});
