import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { generateTokens, scoreTokens } from '../../../src/generate/index.ts';
import { contextLength, forward, loadModel, type Model } from '../../../src/model/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { packDialogues } from '../../../src/tokenize/index.ts';
import { evaluateLoss } from '../../../src/train/index.ts';
import { expectTensorsFreed, onBackend, PLAIN_AND_COMPILED } from '../../fixtures/backends.ts';
import { largestDifference } from '../model/golden-models.ts';

/**
 * Models whose rotary embedding is another for sequences of more than 12 tokens: one other, or one for each length. They
 * have contexts of 40 and 36.
 */
const GOLDENS = ['phi3-long', 'llama-dynamic'];
const load = (golden: string) => loadModel(join(import.meta.dirname, '../../golden/architectures', golden));

const { integer } = seededRandom('longrope');
const idsOf = (length: number) => Array.from({ length }, () => integer(44));

/** Log-probabilities of every next token of one sequence by itself, [T, V]: what Transformers computes. */
function alone({ config, weights }: Model, ids: readonly number[]): Float32Array {
  return tf.tidy(() =>
    tf.logSoftmax(forward(config, weights, tf.tensor2d([...ids], [1, ids.length], 'int32'))).dataSync(),
  ) as Float32Array;
}

/** Greedy answers of 4 tokens, or as many as there is room for. */
async function answers(model: Model, prompts: readonly number[][]): Promise<number[][]> {
  const found: number[][] = [];
  for await (const { prompt, ids } of generateTokens(model, prompts, { maxTokens: 4 })) found[prompt] = ids;
  return found;
}

describe.each(PLAIN_AND_COMPILED)('long and short sequences side by side, on %s', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test('continue as each does where all of it is read for each token, if one embedding serves all beyond the context', async () => {
    const model = await load('phi3-long');
    const prompts = [idsOf(10), idsOf(2), idsOf(16)];
    const expected = prompts.map(prompt => {
      const ids = [...prompt];
      for (let token = 0; token < 4; token++) {
        const last = alone(model, ids).slice(-44);
        ids.push(last.indexOf(Math.max(...last)));
      }
      return ids.slice(prompt.length);
    });
    expect(await answers(model, prompts)).toEqual(expected);
    tf.dispose(model.weights);
  });

  test.each(GOLDENS)('continue in %s as each does alone', async golden => {
    const model = await load(golden);
    const prompts = [idsOf(10), idsOf(16), idsOf(contextLength(model.config) - 2)];
    const expected: (number[] | undefined)[] = [];
    for (const prompt of prompts) expected.push((await answers(model, [prompt]))[0]);
    expect(expected.map(ids => ids?.length)).toEqual([4, 4, 2]);
    expect(await answers(model, prompts)).toEqual(expected);
    tf.dispose(model.weights);
  });

  test.each(GOLDENS)('are as likely in %s as each is alone, also where they begin alike', async golden => {
    const model = await load(golden);
    const long = idsOf(20);
    const sequences = [long, long.slice(0, 11), [...long.slice(0, 10), 3, 5], idsOf(6), [...long, 7]];
    const scores = await scoreTokens(
      model,
      sequences.map(ids => ({ ids, from: 1 })),
    );
    const expected = sequences.map(ids => {
      const logprobs = alone(model, ids.slice(0, -1));
      return ids.slice(1).reduce((sum, id, at) => sum + (logprobs[at * 44 + id] ?? Number.NaN), 0);
    });
    expect(largestDifference(scores, expected)).toBeLessThan(2e-4);
    tf.dispose(model.weights);
  });

  test.each(GOLDENS)('packed into one row, have the logits in %s of each alone', async golden => {
    const model = await load(golden);
    const parts = [idsOf(5), idsOf(18), idsOf(12)];
    const packed = tf.tidy(() => {
      const row = (numbers: number[]) => tf.tensor2d(numbers, [1, numbers.length], 'int32');
      const positions = row(parts.flatMap(part => part.map((_, at) => at)));
      return tf.logSoftmax(forward(model.config, model.weights, row(parts.flat()), { positions })).dataSync();
    });
    const expected = parts.flatMap(part => [...alone(model, part)]);
    expect(largestDifference(packed as Float32Array, expected)).toBeLessThan(1e-4);
    tf.dispose(model.weights);
  });

  test.each(GOLDENS)('have the loss in %s of each alone, whatever pads it', async golden => {
    const model = await load(golden);
    const dialogues = [5, 18, 14].map(length => {
      const ids = idsOf(length);
      return { id: String(length), ids, lossMask: ids.map((): 0 | 1 => 1) };
    });
    const sums = dialogues.map(({ ids }) => {
      const logprobs = alone(model, ids);
      return ids.slice(1).reduce((sum, id, at) => sum - (logprobs[at * 44 + id] ?? Number.NaN), 0);
    });
    const mean = sums.reduce((sum, each) => sum + each, 0) / (4 + 17 + 13);
    for (const packing of [true, false]) {
      const blocks = packDialogues(dialogues, { sequenceLength: 32, packing });
      const { loss, n } = await evaluateLoss(model, blocks);
      expect(n).toBe(34);
      expect(loss).toBeCloseTo(mean, 4);
    }
    tf.dispose(model.weights);
  });
});

describe('the context of a model with dynamic scaling', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('holds its positions times the factor, and no more', async () => {
    const model = await load('llama-dynamic');
    expect(model.config.maxPositions).toBe(12);
    expect(contextLength(model.config)).toBe(36);
    const ids = idsOf(37);
    expect(() => alone(model, ids)).toThrow('Cannot run the model on 37 tokens: its context holds 36');
    await expect(generateTokens(model, [ids]).next()).rejects.toThrow('in a context of 36, found 37');
    await expect(scoreTokens(model, [{ ids, from: 1 }])).rejects.toThrow('at most 36 tokens are allowed');
    tf.dispose(model.weights);
  });
});
