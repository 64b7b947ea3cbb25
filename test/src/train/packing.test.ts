import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/model/index.ts';
import { type EncodedDialogue, packDialogues } from '../../../src/tokenize/index.ts';
import { adamw, blockBatch, evaluateLoss, gradients, trainStep } from '../../../src/train/index.ts';
import { BACKENDS, expectTensorsFreed, noFallbackOn, onBackend } from '../../fixtures/backends.ts';
import { recordedTraining } from './recorded-training.ts';

function dialogue(id: string, first: number, length: number): EncodedDialogue {
  return {
    id,
    ids: Array.from({ length }, (_, i) => (first + 3 * i) % 40),
    lossMask: Array.from({ length }, (_, i): 0 | 1 => (i % 3 === 0 ? 0 : 1)),
  };
}

const DIALOGUES = [dialogue('a', 1, 5), dialogue('b', 7, 6), dialogue('c', 2, 3), dialogue('d', 11, 4)];

async function lossOf(model: Model, dialogues: readonly EncodedDialogue[], crossAttention = false) {
  return evaluateLoss(model, packDialogues(dialogues, { sequenceLength: 12, crossAttention }));
}

describe.each(BACKENDS)('on the backend %s, packed dialogues', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test.each(['gpt2', 'llama-tied'])('have the loss in %s that each has alone', async name => {
    const { model, batches } = await recordedTraining(name);
    tf.dispose(batches);
    const alone = await Promise.all(DIALOGUES.map(one => lossOf(model, [one])));
    const tokens = alone.reduce((sum, { n }) => sum + n, 0);
    const mean = alone.reduce((sum, { loss, n }) => sum + (loss * n) / tokens, 0);
    expect(packDialogues(DIALOGUES, { sequenceLength: 12 })).toHaveLength(2);
    const packed = await lossOf(model, DIALOGUES);
    expect(packed.n).toBe(tokens);
    expect(packed.loss).toBeCloseTo(mean, 5);
    const joined = await lossOf(model, DIALOGUES, true);
    expect(Math.abs(joined.loss - mean)).toBeGreaterThan(1e-3);
    tf.dispose(model.weights);
  });

  test.each(['gpt2', 'llama-tied'])(
    'have the gradients in %s that they have in blocks of their own',
    async name => {
      const { model, batches } = await recordedTraining(name);
      tf.dispose(batches);
      const batchOf = (packing: boolean) =>
        blockBatch(packDialogues(DIALOGUES, { sequenceLength: 12, packing }));
      const [packed, alone] = [batchOf(true), batchOf(false)];
      const found = [gradients(model, packed), gradients(model, packed, { gradientCheckpointing: true })];
      const expected = gradients(model, alone);
      for (const { gradients: each } of found) {
        for (const [weight, gradient] of Object.entries(expected.gradients)) {
          const other = each[weight];
          if (!other) throw new Error(`no gradient of ${weight}`);
          const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(gradient, other))));
          expect((await difference.data())[0]).toBeLessThan(1e-5);
          difference.dispose();
        }
      }
      tf.dispose([found, { ...packed }, { ...alone }, { ...expected }, model.weights]);
    },
  );

  test('train in compiled steps, whole and accumulated', async () => {
    const { model, batches } = await recordedTraining('llama-tied');
    tf.dispose(batches);
    const packed = packDialogues(DIALOGUES, { sequenceLength: 12 });
    const losses: number[][] = [];
    for (const parts of [[packed], packed.map(block => [block])]) {
      const step = trainStep(model, { optimizer: adamw(), onFallback });
      const given = parts.map(part => blockBatch(part));
      const taken = [1, 2, 3].map(() => step(given, 1e-2));
      losses.push(
        (await Promise.all(taken.map(({ loss }) => loss.data()))).map(([value = Number.NaN]) => value),
      );
      step.dispose();
      tf.dispose([taken, given.map(batch => ({ ...batch }))]);
    }
    const [whole = [], accumulated = []] = losses;
    expect(whole[2]).toBeLessThan(whole[0] ?? 0);
    for (const [i, loss] of whole.entries()) expect(accumulated[i]).toBeCloseTo(loss, 4);
    tf.dispose(model.weights);
  });
});
