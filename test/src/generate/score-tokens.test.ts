import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { inference, type ScoredSequence, scoreTokens } from '../../../src/generate/index.ts';
import { loadModel, type Model } from '../../../src/model/index.ts';
import { BACKENDS, expectTensorsFreed, modelsOn, onBackend } from '../../fixtures/backends.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');
const MODELS = ['gpt2', 'gpt2-untied', 'llama-tied', 'llama-scaled', 'llama-linear'];

interface Recorded {
  prompt: number[];
  continuations: number[][];
  logLikelihoods: number[];
}

/** What Transformers computed from each model, by its name. */
const RECORDED: Record<string, Recorded> = JSON.parse(readFileSync(join(GOLDEN, 'generation.json'), 'utf8'));

function recorded(name: string): { sequences: ScoredSequence[]; expected: number[] } {
  const { prompt, continuations, logLikelihoods } = RECORDED[name] as Recorded;
  const sequences = continuations.map(ids => ({ ids: [...prompt, ...ids], from: prompt.length }));
  return { sequences, expected: logLikelihoods };
}

onBackend('cpu');

expectTensorsFreed();

async function withModel<T>(name: string, use: (model: Model) => Promise<T>): Promise<T> {
  const model = await loadModel(join(GOLDEN, 'models', name));
  try {
    return await use(model);
  } finally {
    tf.dispose(model.weights);
  }
}

function expectClose(found: number[], expected: number[]): void {
  expect(found).toHaveLength(expected.length);
  expect(Math.max(...found.map((score, i) => Math.abs(score - (expected[i] ?? Infinity))))).toBeLessThan(
    1e-4,
  );
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);

  test.each(modelsOn(backend, MODELS))(
    '%s finds texts as likely as in Transformers, in batches of any size',
    async name => {
      const { sequences, expected } = recorded(name);
      expect(sequences.map(({ ids }) => ids.length)).toEqual([7, 9, 14, 9, 24]);
      await withModel(name, async model => {
        const run = inference(model);
        for (const batch of [1, 2, 8]) expectClose(await scoreTokens(run, sequences, { batch }), expected);
        run.dispose();
      });
    },
  );
});

test('sequences with nothing in common are scored side by side as alone', async () => {
  const sequences = [
    { ids: [1, 2, 3, 4, 5], from: 2 },
    { ids: [9, 2], from: 1 },
    { ids: [7, 7, 7, 7, 7, 7, 7], from: 5 },
  ];
  await withModel('llama-tied', async model => {
    const alone = [];
    for (const sequence of sequences) alone.push(...(await scoreTokens(model, [sequence])));
    expectClose(await scoreTokens(model, sequences), alone);
  });
});

test('the parts of a sequence add up to the whole', async () => {
  const ids = [3, 1, 4, 1, 5, 9, 2, 6];
  await withModel('gpt2', async model => {
    const [whole = 0, begin = 0, end = 0] = await scoreTokens(model, [
      { ids, from: 1 },
      { ids: ids.slice(0, 5), from: 1 },
      { ids, from: 5 },
    ]);
    expectClose([begin + end], [whole]);
    expect(whole).toBeLessThan(Math.min(begin, end));
  });
});

test('the next tokens that there are have a probability of 1 in all', async () => {
  await withModel('llama-scaled', async model => {
    const every = Array.from({ length: 48 }, (_, id) => ({ ids: [8, 30, id], from: 2 }));
    const total = (await scoreTokens(model, every)).reduce((sum, score) => sum + Math.exp(score), 0);
    expect(total).toBeCloseTo(1, 5);
  });
});

test('what does not count scores 0, and no sequence no score', async () => {
  await withModel('gpt2', async model => {
    expect(await scoreTokens(model, [{ ids: [1, 2], from: 2 }])).toEqual([0]);
    expect(
      (
        await scoreTokens(model, [
          { ids: [1], from: 1 },
          { ids: [1, 2], from: 1 },
        ])
      )[0],
    ).toBe(0);
    expect(await scoreTokens(model, [])).toEqual([]);
  });
});

test('an abort ends it between two batches, with its reason', async () => {
  const sequences = Array.from({ length: 50 }, () => ({ ids: [1, 2, 3], from: 1 }));
  await withModel('gpt2', async model => {
    const abort = new AbortController();
    const scored = scoreTokens(model, sequences, { batch: 1, signal: abort.signal });
    setImmediate(() => abort.abort(new Error('enough')));
    await expect(scored).rejects.toThrow('enough');
  });
});

test.each([
  [
    'a sequence longer than the context',
    { ids: Array<number>(25).fill(0), from: 1 },
    'Cannot score sequence 0: at most 24 tokens are allowed, the model’s context, found 25',
  ],
  [
    'a score of the first token',
    { ids: [1], from: 0 },
    'a token before those that count is required, found from 0',
  ],
  ['an unknown id', { ids: [1, 48], from: 1 }, 'ids below 48 are required, found 48'],
])('%s is refused', async (_, sequence, message) => {
  await withModel('gpt2', async model => {
    await expect(scoreTokens(model, [sequence])).rejects.toThrow(message);
    await expect(scoreTokens(model, [sequence])).rejects.toThrow(RangeError);
  });
});
