import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { generateTokens, scoreTokens } from '../../../src/generate/index.ts';
import { forward, loadModel, type Model } from '../../../src/model/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { expectTensorsFreed, onBackend, PLAIN_AND_COMPILED } from '../../fixtures/backends.ts';
import { largestDifference } from '../model/golden-models.ts';

const ARCHITECTURES = join(import.meta.dirname, '../../golden/architectures');

/** A Phi-3 whose rotary embedding is another for sequences of more than 12 tokens, in a context of 40. */
const GOLDEN = join(ARCHITECTURES, 'phi3-long');

const { integer } = seededRandom('longrope');
const idsOf = (length: number) => Array.from({ length }, () => integer(44));

/** Log-probabilities of every next token of one sequence by itself, [T, V]: what Transformers computes. */
function alone({ config, weights }: Model, ids: readonly number[]): Float32Array {
  return tf.tidy(() =>
    tf.logSoftmax(forward(config, weights, tf.tensor2d([...ids], [1, ids.length], 'int32'))).dataSync(),
  ) as Float32Array;
}

describe.each(PLAIN_AND_COMPILED)('long and short sequences side by side, on %s', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test('continue as each does alone, whether they outgrow the original context or not', async () => {
    const model = await loadModel(GOLDEN);
    const prompts = [idsOf(10), idsOf(2), idsOf(16)];
    const expected = prompts.map(prompt => {
      const ids = [...prompt];
      for (let token = 0; token < 4; token++) {
        const last = alone(model, ids).slice(-44);
        ids.push(last.indexOf(Math.max(...last)));
      }
      return ids.slice(prompt.length);
    });
    const found: number[][] = [];
    for await (const { prompt, ids } of generateTokens(model, prompts, { maxTokens: 4 })) found[prompt] = ids;
    expect(found).toEqual(expected);
    tf.dispose(model.weights);
  });

  test('are as likely as each is alone, also where they begin alike', async () => {
    const model = await loadModel(GOLDEN);
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

  test('packed into one row, have the logits of each alone', async () => {
    const model = await loadModel(GOLDEN);
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
});

describe('a rotary embedding with dynamic scaling', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('names it where a sequence is longer than the context', async () => {
    const model = await loadModel(join(ARCHITECTURES, 'llama-dynamic'));
    const ids = idsOf(41);
    const reason =
      'its context holds 40, and "dynamic" scaling of the rotary embedding beyond it is not computed';
    expect(() => alone(model, ids)).toThrow(`Cannot run the model on 41 tokens: ${reason}`);
    await expect(generateTokens(model, [ids]).next()).rejects.toThrow(reason);
    await expect(scoreTokens(model, [{ ids, from: 1 }])).rejects.toThrow(reason);
    for await (const { ids: answer, finish } of generateTokens(model, [ids.slice(0, 38)], {}))
      expect([answer.length, finish]).toEqual([2, 'length']);
    tf.dispose(model.weights);
  });
});
