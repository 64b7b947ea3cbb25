import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import type { TensorflowBackend } from '../../../src/compute/tensorflow-backend.ts';
import {
  type GeneratedTokens,
  type GenerateTokensOptions,
  generateTokens,
  inference,
  tokenLikelihoods,
} from '../../../src/generate/index.ts';
import { forward, initialise, type LlamaConfig, loadModel, type Model } from '../../../src/model/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import {
  BACKENDS,
  expectTensorsFreed,
  modelsOn,
  onBackend,
  PLAIN_AND_COMPILED,
} from '../../fixtures/backends.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');
const MODELS = ['gpt2', 'gpt2-untied', 'llama-tied', 'llama-scaled', 'llama-linear'];

/** What Transformers generated from each model, by its name. */
const RECORDED: Record<string, { prompts: number[][]; greedy: number[][]; penalised: number[][] }> =
  JSON.parse(readFileSync(join(GOLDEN, 'generation.json'), 'utf8'));

const SMALL: LlamaConfig = {
  architecture: 'llama',
  vocabSize: 20,
  maxPositions: 256,
  hiddenSize: 8,
  layers: 2,
  heads: 2,
  kvHeads: 1,
  headDim: 4,
  intermediateSize: 12,
  normEpsilon: 1e-5,
  tieWordEmbeddings: true,
  rope: { theta: 10000 },
};

onBackend('cpu');

expectTensorsFreed();

async function withModel<T>(name: string, use: (model: Model) => Promise<T>): Promise<T> {
  const model =
    name === 'small'
      ? { config: SMALL, weights: initialise(SMALL, 1) }
      : await loadModel(join(GOLDEN, 'models', name));
  try {
    return await use(model);
  } finally {
    tf.dispose(model.weights);
  }
}

/** All answers as they come. */
async function asTheyCome(found: AsyncIterable<GeneratedTokens>): Promise<GeneratedTokens[]> {
  const all: GeneratedTokens[] = [];
  for await (const answer of found) all.push(answer);
  return all;
}

/** All answers in the order of their prompts. */
async function answers(
  model: Model,
  prompts: readonly number[][],
  options: GenerateTokensOptions,
): Promise<GeneratedTokens[]> {
  const all = await asTheyCome(generateTokens(model, prompts, options));
  return all.sort((a, b) => a.prompt - b.prompt);
}

const idsOf = (found: GeneratedTokens[]) => found.map(({ ids }) => ids);

/** The likeliest next token, all tokens read anew and nothing remembered, again and again. */
async function greedyAnew({ config, weights }: Model, prompt: number[], count: number): Promise<number[]> {
  const ids = [...prompt];
  for (let i = 0; i < count; i++) {
    const best = tf.tidy(() => {
      const logits = forward(config, weights, tf.tensor2d([ids], undefined, 'int32'));
      return tf.argMax(tf.slice(logits, [0, ids.length - 1, 0], [1, 1, config.vocabSize]), 2);
    });
    ids.push((await best.data())[0] as number);
    best.dispose();
  }
  return ids.slice(prompt.length);
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);

  test.each(modelsOn(backend, MODELS))(
    '%s continues from unequal prompts as Transformers does',
    async name => {
      const { prompts = [], greedy, penalised } = RECORDED[name] ?? {};
      expect(prompts.map(({ length }) => length)).toEqual([1, 4, 9, 13]);
      await withModel(name, async model => {
        expect(idsOf(await answers(model, prompts, { maxTokens: 10 }))).toEqual(greedy);
        const options = { maxTokens: 10, repetitionPenalty: 1.7 };
        expect(idsOf(await answers(model, prompts, options))).toEqual(penalised);
        expect(penalised).not.toEqual(greedy);
      });
    },
  );
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s', backend => {
  onBackend(backend);

  test.each(MODELS)('%s gives the tokens that reading everything again gives', async name => {
    const { prompts = [] } = RECORDED[name] ?? {};
    await withModel(name, async model => {
      const maxTokens = 10;
      const anew: number[][] = [];
      for (const prompt of prompts) anew.push(await greedyAnew(model, prompt, maxTokens));
      expect(idsOf(await answers(model, prompts, { maxTokens }))).toEqual(anew);
    });
  });
});

describe('on the backend tensorflow', () => {
  onBackend('tensorflow');

  test('steps are compiled once for each shape, however many tokens and calls', async () => {
    await withModel('small', async model => {
      const run = inference(model);
      const functions = () => (tf.backend() as TensorflowBackend).nextFunction;
      const compiled = async (lengths: number[], maxTokens: number) => {
        const before = functions();
        await answers(
          run,
          lengths.map(length => Array<number>(length).fill(3)),
          { maxTokens },
        );
        return functions() - before;
      };
      // Reading a prompt, and reading a token.
      expect(await compiled([12], 60)).toBe(2);
      expect(await compiled([11], 50)).toBe(1);
      expect(await compiled([11], 60)).toBe(0);
      expect(await compiled([12, 3], 60)).toBe(2);
      run.dispose();
    });
  });

  test('a cache that grows, and rows that end one after the other, change no token', async () => {
    const config = { ...SMALL, maxPositions: 1200 };
    const model = { config, weights: initialise(config, 2) };
    const { integer } = seededRandom('prompts');
    const prompts = [250, 3, 120, 7, 9, 1, 30, 250, 60].map(length =>
      Array.from({ length }, () => integer(20)),
    );
    // After 256 columns the cache is full, and again after 512.
    const lengths = [270, 2, 3, 300, 4, 5, 9, 6, 7];
    const options = {
      maxTokens: 300,
      temperature: 1,
      stopAfter: (answer: readonly number[], prompt: number) => answer.length === lengths[prompt],
    };
    const together = await answers(model, prompts, options);
    expect(together.map(({ ids }) => ids.length)).toEqual(lengths);
    for (const [number, prompt] of prompts.entries()) {
      const maxTokens = lengths[number] ?? 0;
      const [alone] = await answers(model, [prompt], { ...options, maxTokens, stopAfter: undefined });
      expect(together[number]?.ids).toEqual(alone?.ids);
    }
    const ids = [...(prompts[0] ?? []), ...(together[0]?.ids ?? [])];
    const [{ tokens = [] } = {}] = await tokenLikelihoods(model, [{ ids, from: 250 }], { top: 1 });
    const likelihoods = (await answers(model, prompts.slice(0, 1), { ...options, top: 0 }))[0]?.likelihoods;
    for (const [at, { logprob }] of tokens.entries())
      expect(likelihoods?.[at]?.logprob).toBeCloseTo(logprob, 4);
    tf.dispose(model.weights);
  });
});

test('200 tokens leave no tensor behind, and each holds as many as the one before', async () => {
  await withModel('small', async model => {
    const counts: number[] = [];
    const onToken = () => counts.push(tf.memory().numTensors);
    const [answer] = await answers(model, [[1, 2, 3]], { maxTokens: 200, onToken });
    expect(answer?.ids).toHaveLength(200);
    expect(answer?.finish).toBe('length');
    expect(new Set(counts).size).toBe(1);
  });
});

describe('sampled answers', () => {
  const options = { maxTokens: 12, temperature: 1, seed: 3 };
  const prompts = [[1], [5, 6, 7, 8], [2, 3]];

  test('repeat themselves for the same seed, whatever is beside them, and change with it', async () => {
    await withModel('llama-tied', async model => {
      const together = idsOf(await answers(model, prompts, options));
      const alone = [];
      for (const prompt of prompts) alone.push(...idsOf(await answers(model, [prompt], options)));
      expect(together).toEqual(alone);
      expect(idsOf(await answers(model, prompts, { ...options, seed: 4 }))).not.toEqual(together);
    });
  });

  test('have a seed of their own where one is given for each prompt', async () => {
    await withModel('llama-tied', async model => {
      const both = [[1], [1]];
      const [first, second] = idsOf(await answers(model, both, { ...options, seed: [3, 4] }));
      expect([first]).toEqual(idsOf(await answers(model, [[1]], options)));
      expect([second]).toEqual(idsOf(await answers(model, [[1]], { ...options, seed: 4 })));
      expect(first).not.toEqual(second);
    });
  });

  test('of the single most likely token are greedy', async () => {
    await withModel('gpt2', async model => {
      const greedy = idsOf(await answers(model, prompts, { maxTokens: 12 }));
      expect(idsOf(await answers(model, prompts, { ...options, topK: 1 }))).toEqual(greedy);
      expect(idsOf(await answers(model, prompts, { ...options, topP: 1e-9 }))).toEqual(greedy);
    });
  });
});

test.each([0, 1])('at temperature %s each token is as likely as in the whole answer', async temperature => {
  await withModel('llama-scaled', async model => {
    const prompts = [[8, 30, 1], [12]];
    const reported: unknown[][] = [[], []];
    const options = { maxTokens: 8, temperature, top: 2 };
    const found = await answers(model, prompts, {
      ...options,
      onToken: (_, prompt, likelihood) => reported[prompt]?.push(likelihood),
    });
    for (const { prompt, ids, likelihoods = [] } of found) {
      const before = prompts[prompt] ?? [];
      const [expected] = await tokenLikelihoods(
        model,
        [{ ids: [...before, ...ids], from: before.length }],
        options,
      );
      expect(likelihoods.map(({ id }) => id)).toEqual(ids);
      expect(reported[prompt]).toEqual(likelihoods);
      for (const [index, { logprob, top }] of likelihoods.entries()) {
        const { logprob: again, top: topAgain = [] } = expected?.tokens[index] ?? {};
        expect(logprob).toBeCloseTo(again ?? 0, 4);
        expect(top.map(({ id }) => id)).toEqual(topAgain.map(({ id }) => id));
        expect(top[1]?.logprob).toBeCloseTo(topAgain[1]?.logprob ?? 0, 4);
      }
    }
    // The token that ends an answer is returned too, and is no part of it.
    const [stop = -1] = found[0]?.ids.slice(2) ?? [];
    const [ended] = await answers(model, prompts.slice(0, 1), { ...options, stopTokens: [stop] });
    expect(ended?.likelihoods?.map(({ id }) => id)).toEqual([...(ended?.ids ?? []), stop]);
    expect(ended?.finish).toBe('stop');
  });
});

describe('an answer ends', () => {
  const { prompts = [], greedy = [] } = RECORDED['llama-scaled'] ?? {};

  test('before a stop token, while the others continue as they would have', async () => {
    await withModel('llama-scaled', async model => {
      const stop = greedy[1]?.[2] ?? -1;
      const until = (ids: number[]) => (ids.includes(stop) ? ids.slice(0, ids.indexOf(stop)) : ids);
      const found = await answers(model, prompts, { maxTokens: 10, stopTokens: [stop] });
      expect(idsOf(found)).toEqual(greedy.map(until));
      expect(found.map(({ finish }) => finish)).toEqual(
        greedy.map(ids => (ids.includes(stop) ? 'stop' : 'length')),
      );
      expect(new Set(found.map(({ finish }) => finish)).size).toBe(2);
    });
  });

  test('after the token at which it is asked to, and comes before longer ones', async () => {
    await withModel('llama-scaled', async model => {
      const reported: number[][] = [[], [], [], []];
      const found = await asTheyCome(
        generateTokens(model, prompts, {
          maxTokens: 5,
          stopAfter: (answer, prompt) => answer.length === 2 && prompt === 3,
          onToken: (token, prompt) => reported[prompt]?.push(token),
        }),
      );
      expect(found.map(({ prompt, finish }) => [prompt, finish])).toEqual([
        [3, 'stop'],
        [0, 'length'],
        [1, 'length'],
        [2, 'length'],
      ]);
      const expected = greedy.map((ids, prompt) => ids.slice(0, prompt === 3 ? 2 : 5));
      expect(reported).toEqual(expected);
      expect(idsOf(found.sort((a, b) => a.prompt - b.prompt))).toEqual(expected);
    });
  });

  test('where the context is full', async () => {
    await withModel('gpt2', async model => {
      const full = Array.from({ length: 23 }, (_, id) => id);
      const found = await answers(model, [full, [7]], { maxTokens: 100 });
      expect(found.map(({ ids, finish }) => [ids.length, finish])).toEqual([
        [1, 'length'],
        [23, 'length'],
      ]);
      expect(found[1]?.ids).toEqual(await greedyAnew(model, [7], 23));
    });
  });
});

test('an abort between two tokens ends everything, with its reason', async () => {
  await withModel('small', async model => {
    const abort = new AbortController();
    let tokens = 0;
    const onToken = () => {
      tokens++;
      if (tokens === 5) setImmediate(() => abort.abort(new Error('enough')));
    };
    const all = answers(model, [[1]], { maxTokens: 200, onToken, signal: abort.signal });
    await expect(all).rejects.toThrow('enough');
    expect(tokens).toBeLessThan(10);
  });
});

test('leaving the loop ends what is left', async () => {
  await withModel('small', async model => {
    let tokens = 0;
    const options = {
      maxTokens: 100,
      stopAfter: (answer: readonly number[], prompt: number) => prompt === 0 && answer.length === 3,
      onToken: () => tokens++,
    };
    for await (const { prompt } of generateTokens(model, [[1], [2]], options)) {
      expect(prompt).toBe(0);
      break;
    }
    expect(tokens).toBe(6);
  });
});

test('no prompt has no answer', async () => {
  await withModel('small', async model => expect(await answers(model, [], {})).toEqual([]));
});

test.each([
  [
    'an empty prompt',
    [[1], []],
    {},
    'Cannot generate from prompt 1: 1 to 255 tokens are required in a context of 256, found 0',
  ],
  ['a prompt that fills the context', [Array<number>(256).fill(1)], {}, 'found 256'],
  ['an unknown id', [[20]], {}, 'Cannot generate from prompt 0: ids below 20 are required, found 20'],
  ['an id that is no whole number', [[1.5]], {}, 'found 1.5'],
  [
    'no token',
    [[1]],
    { maxTokens: 0 },
    'Cannot generate: maxTokens must be an integer of at least 1, found 0',
  ],
  ['half a likely token', [[1]], { top: 0.5 }, 'top must be an integer of at least 0, found 0.5'],
  [
    'a seed for another number of prompts',
    [[1]],
    { seed: [1, 2] },
    'a seed a prompt is required, 1, found 2',
  ],
  ['a wrong way to sample', [[1]], { topP: 2 }, 'topP'],
])('%s is refused', async (_, prompts, options, message) => {
  await withModel('small', async model => {
    const refused = answers(model, prompts, options);
    await expect(refused).rejects.toThrow(RangeError);
    await expect(answers(model, prompts, options)).rejects.toThrow(message);
  });
});
