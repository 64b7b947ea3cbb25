import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type ScoredSequence, tokenLikelihoods } from '../../../src/generate/index.ts';
import { forward, loadModel, type Model } from '../../../src/model/index.ts';
import { BACKENDS, expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models');

/** All begin with 3, 1, 4; the third ends there, and the fourth is the first again. */
const SEQUENCES = [
  [3, 1, 4, 1, 5, 9],
  [3, 1, 4, 2],
  [3, 1, 4],
  [3, 1, 4, 1, 5, 9],
].map(ids => ({
  ids,
  from: 1,
}));

onBackend('cpu');

expectTensorsFreed();

async function withModel<T>(name: string, use: (model: Model) => Promise<T>): Promise<T> {
  const model = await loadModel(join(GOLDEN, name));
  try {
    return await use(model);
  } finally {
    tf.dispose(model.weights);
  }
}

/** Log-probabilities of every token after each of a sequence, all computed at once and nothing shared. */
async function expectations({ config, weights }: Model, ids: readonly number[]): Promise<number[][]> {
  const likelihoods = tf.tidy(() =>
    tf.logSoftmax(forward(config, weights, tf.tensor2d([[...ids]], undefined, 'int32'))),
  );
  const [rows] = await likelihoods.array();
  likelihoods.dispose();
  return rows ?? [];
}

/** Ids by falling log-probability. */
const ranked = (row: number[]) => [...row.keys()].sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));

async function expectLikelihoods(
  model: Model,
  sequences: readonly ScoredSequence[],
  expected: readonly number[][][],
  batch: number,
): Promise<void> {
  const found = await tokenLikelihoods(model, sequences, { batch, top: 3, next: true });
  expect(found).toHaveLength(sequences.length);
  for (const [number, { ids, from }] of sequences.entries()) {
    const rows = expected[number] ?? [];
    const { tokens = [], next } = found[number] ?? {};
    expect(tokens.map(({ id }) => id)).toEqual(ids.slice(from));
    for (const [index, { id, logprob, top }] of tokens.entries()) {
      const row = rows[from + index - 1] ?? [];
      expect(logprob).toBeCloseTo(row[id] ?? 0, 4);
      expect(top.map(({ id }) => id)).toEqual(ranked(row).slice(0, 3));
      for (const likely of top) expect(likely.logprob).toBeCloseTo(row[likely.id] ?? 0, 4);
    }
    expect(next?.map(({ id }) => id)).toEqual(ranked(rows.at(-1) ?? []).slice(0, 3));
  }
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);

  test.each(['gpt2', 'llama-scaled'])(
    '%s scores each token as the whole sequence alone does, whatever the batch',
    async name => {
      await withModel(name, async model => {
        const all = [...SEQUENCES, { ids: [7, 8], from: 2 }];
        const expected: number[][][] = [];
        for (const { ids } of all) expected.push(await expectations(model, ids));
        for (const batch of [1, 2, 4]) await expectLikelihoods(model, SEQUENCES, expected, batch);
        await expectLikelihoods(model, all, expected, 5);
      });
    },
  );
});

describe('compiled, continuations of one prompt', () => {
  onBackend('tensorflow');

  test.each(['gpt2', 'llama-scaled'])('in %s are as likely as plainly read alone, to 1e-5', async name => {
    await withModel(name, async model => {
      const prompt = [8, 30, 1, 17, 3, 3, 25, 40, 11, 2];
      const ends = [[5], [6, 7, 9], [5, 1], [44, 2, 2, 2, 2, 9]];
      const sequences = ends.map(end => ({ ids: [...prompt, ...end], from: prompt.length }));
      const found = await tokenLikelihoods(model, sequences);
      for (const [number, { ids, from }] of sequences.entries()) {
        const rows = await expectations(model, ids);
        for (const [index, { id, logprob }] of found[number]?.tokens.entries() ?? [])
          expect(Math.abs(logprob - (rows[from + index - 1]?.[id] ?? 0))).toBeLessThan(1e-5);
      }
      expect(found.map(({ tokens }) => tokens.length)).toEqual([1, 3, 2, 6]);
    });
  });
});

test('the most likely token has, as the token of a sequence, the very same number', async () => {
  await withModel('gpt2', async model => {
    const [{ next: [likeliest] = [] } = {}] = await tokenLikelihoods(model, [{ ids: [5, 6], from: 1 }], {
      top: 1,
      next: true,
    });
    const ids = [5, 6, likeliest?.id ?? -1];
    const [{ tokens = [] } = {}] = await tokenLikelihoods(model, [{ ids, from: 2 }], { top: 1 });
    expect(tokens).toEqual([{ ...tokens[0]?.top[0], top: tokens[0]?.top }]);
  });
});

describe('long sequences of a large vocabulary', () => {
  onBackend('tensorflow');

  test('are looked up a part at a time', async () => {
    await withModel('llama-linear', async ({ config, weights }) => {
      // A vocabulary of which 5 rows of logits are in memory at a time.
      const vocabSize = Math.floor(2 ** 24 / 5);
      const wide = tf.tidy(() => {
        const matrix = weights['lm_head.weight'] ?? weights['model.embed_tokens.weight'];
        return tf.pad(matrix as tf.Tensor2D, [
          [0, vocabSize - config.vocabSize],
          [0, 0],
        ]);
      });
      const large: Model = {
        config: { ...config, vocabSize },
        weights: { ...weights, 'lm_head.weight': wide, 'model.embed_tokens.weight': wide },
      };
      const ids = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
      const [{ tokens = [] } = {}] = await tokenLikelihoods(large, [{ ids, from: 1 }]);
      const rows = tf.tidy(() => {
        const x = forward(large.config, large.weights, tf.tensor2d([ids], undefined, 'int32'));
        const next = tf.sub(x, tf.logSumExp(x, 2, true));
        return tf.slice(next, [0, 0, 0], [1, ids.length, config.vocabSize]).arraySync() as number[][][];
      });
      wide.dispose();
      expect(tokens).toHaveLength(10);
      for (const [index, { id, logprob }] of tokens.entries())
        expect(logprob).toBeCloseTo(rows[0]?.[index]?.[id] ?? 0, 4);
    });
  });
});

test.each([
  [{ top: 1.5 }, 'Cannot score: top must be an integer from 0 to 48, found 1.5'],
  [{ top: 49 }, 'found 49'],
  [{ batch: 0 }, 'Cannot score: batch must be an integer of at least 1, found 0'],
  [{ next: true }, 'Cannot score sequence 0: a token is required before the next, found none'],
])('%o is refused', async (options, message) => {
  await withModel('gpt2', async model => {
    await expect(tokenLikelihoods(model, [{ ids: [], from: 1 }], options)).rejects.toThrow(message);
  });
});
