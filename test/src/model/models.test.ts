import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/compute/index.ts';
import {
  forward,
  initConfig,
  initialise,
  loadModel,
  type Model,
  saveModel,
  writeSafetensors,
} from '../../../src/model/index.ts';
import { BACKENDS, expectTensorsFreed, noFallbackOn, onBackend } from '../../fixtures/backends.ts';
import { largestDifference, logitsOf, lossAndGradients, recordedTensors } from './golden-models.ts';
import { folderOf } from './hostile-file.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models');
const MODELS = ['gpt2', 'gpt2-untied', 'llama-tied', 'llama-scaled', 'llama-linear'];

onBackend('cpu');

expectTensorsFreed();

const recorded = (model: string) => recordedTensors(join(GOLDEN, model, 'expected.safetensors'));

/** Runs a model on the recorded tokens, then frees it. */
async function onTokens<T>(
  model: string,
  use: (model: Model, ids: tf.Tensor2D) => T | Promise<T>,
): Promise<T> {
  const loaded = await loadModel(join(GOLDEN, model));
  const ids = tf.tensor2d((await recorded(model)).get('ids') ?? [], [2, 20], 'int32');
  try {
    return await use(loaded, ids);
  } finally {
    tf.dispose([loaded.weights, ids]);
  }
}

/** How far loss and gradients are from those recorded, at the most. */
async function furthestGradient(
  { weights }: Model,
  given: tf.Tensor[],
  expected: Map<string, ArrayLike<number>>,
): Promise<number> {
  const names = ['loss', ...Object.keys(weights).map(name => `gradient of ${name}`)];
  expect([...expected.keys()].filter(name => !['ids', 'logits'].includes(name)).sort()).toEqual(
    [...names].sort(),
  );
  const values = await Promise.all(given.map(tensor => tensor.data()));
  return Math.max(...names.map((name, i) => largestDifference(values[i] ?? [], expected.get(name) ?? [])));
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);

  test.each(MODELS)('%s gives the logits that Transformers gives, to 1e-5', async model => {
    const expected = (await recorded(model)).get('logits') ?? [];
    const logits = await onTokens(model, logitsOf);
    expect(logits.length).toBe(2 * 20 * 48);
    expect(largestDifference(logits, expected)).toBeLessThan(1e-5);
  });

  test.each(MODELS)('%s gives the loss and all gradients that PyTorch gives, to 1e-5', async model => {
    const expected = await recorded(model);
    await onTokens(model, async (loaded, ids) => {
      const given = lossAndGradients(loaded, ids);
      expect(await furthestGradient(loaded, given, expected)).toBeLessThan(1e-5);
      tf.dispose(given);
    });
  });
});

/* Elsewhere the step runs plain: see compile.test.ts. */
describe('on the backend tensorflow', () => {
  onBackend('tensorflow');

  test.each(MODELS)('%s gives the same compiled, at every replay', async model => {
    const expected = await recorded(model);
    await onTokens(model, async (loaded, ids) => {
      const step = compile((ids: tf.Tensor2D) => lossAndGradients(loaded, ids), {
        onFallback: noFallbackOn('tensorflow'),
      });
      for (let call = 0; call < 3; call++) {
        const given = step(ids);
        expect(await furthestGradient(loaded, given, expected)).toBeLessThan(1e-5);
        tf.dispose(given);
      }
      step.dispose();
    });
  });
});

describe.each(MODELS)('%s', model => {
  test('written as llama.cpp’s converter does gives the same from its GGUF file', async () => {
    const { config, weights } = await loadModel(join(GOLDEN, model, 'model.gguf'));
    const expected = await recorded(model);
    const ids = tf.tensor2d(expected.get('ids') ?? [], [2, 20], 'int32');
    const logits = await logitsOf({ config, weights }, ids);
    expect(largestDifference(logits, expected.get('logits') ?? [])).toBeLessThan(1e-5);
    tf.dispose([weights, ids]);
  });

  test('saved and loaded again is the same, whole or in shards', async () => {
    const before = await onTokens(model, logitsOf);
    for (const maxShardBytes of [1e9, 5000]) {
      const folder = await folderOf({});
      const saved = await loadModel(join(GOLDEN, model));
      await saveModel(folder, saved, { maxShardBytes });
      const loaded = await loadModel(folder);
      expect(loaded.config).toEqual(saved.config);
      const ids = tf.tensor2d((await recorded(model)).get('ids') ?? [], [2, 20], 'int32');
      expect(await logitsOf(loaded, ids)).toEqual(before);
      tf.dispose([saved.weights, loaded.weights, ids]);
    }
  });
});

test('a GGUF model in three files is the model in one', async () => {
  const folder = join(GOLDEN, 'gpt2-untied');
  const expected = await recorded('gpt2-untied');
  const { config, weights } = await loadModel(join(folder, 'split-00001-of-00003.gguf'));
  const ids = tf.tensor2d(expected.get('ids') ?? [], [2, 20], 'int32');
  const logits = await logitsOf({ config, weights }, ids);
  expect(largestDifference(logits, expected.get('logits') ?? [])).toBeLessThan(1e-5);
  tf.dispose([weights, ids]);
  await expect(loadModel(join(folder, 'split-00002-of-00003.gguf'))).rejects.toThrow(
    'the first of 3 files, NAME-00001-of-00003.gguf is required, found split-00002-of-00003.gguf',
  );
});

test('a later token changes no logit of an earlier position', async () => {
  for (const model of ['gpt2', 'llama-tied']) {
    await onTokens(model, async (loaded, ids) => {
      const changed = tf.tidy(() =>
        tf.concat([tf.slice(ids, [0, 0], [2, 10]), tf.zeros<tf.Rank.R2>([2, 10], 'int32')], 1),
      );
      const [a, b] = [await logitsOf(loaded, ids), await logitsOf(loaded, changed)];
      const first = 10 * 48;
      expect(b.slice(0, first)).toEqual(a.slice(0, first));
      expect(largestDifference(b.slice(first, 2 * first), a.slice(first, 2 * first))).toBeGreaterThan(0.1);
      changed.dispose();
    });
  }
});

test('more tokens than the context holds are refused', async () => {
  await onTokens('gpt2', ({ config, weights }) => {
    const ids = tf.zeros<tf.Rank.R2>([1, 25], 'int32');
    expect(() => forward(config, weights, ids)).toThrow(
      'Cannot run the model on 25 tokens: its context holds 24',
    );
    ids.dispose();
  });
});

test('a missing weight is named', async () => {
  await onTokens('llama-tied', ({ config, weights }, ids) => {
    const { 'model.norm.weight': _, ...rest } = weights;
    expect(() => forward(config, rest, ids)).toThrow('a weight "model.norm.weight" is required');
  });
});

describe('first weights', () => {
  test('that exceed the memory are refused before any is made', () => {
    const sizes = {
      maxPositions: 8,
      hiddenSize: 2 ** 30,
      layers: 2 ** 30,
      heads: 2,
      intermediateSize: 2 ** 30,
    };
    const config = initConfig({ architecture: 'qwen3', ...sizes }, 2 ** 30);
    expect(() => initialise(config, 1)).toThrow(/at most \d+ bytes of weights are required/);
  });

  test('repeat themselves for a seed, and differ for another', async () => {
    const { config, weights } = await loadModel(join(GOLDEN, 'gpt2'));
    const drawn = [7, 7, 8].map(seed => initialise(config, seed));
    const [a, b, c] = drawn.map(weights => weights['transformer.wte.weight']?.dataSync());
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    tf.dispose([weights, drawn]);
  });

  test('are normal with deviation 0.02, smaller into GPT-2’s residual stream; scales 1, biases 0', () => {
    const drawn = initialise(
      {
        architecture: 'gpt2',
        vocabSize: 500,
        maxPositions: 8,
        hiddenSize: 64,
        layers: 2,
        heads: 2,
        intermediateSize: 256,
        normEpsilon: 1e-5,
        tieWordEmbeddings: true,
      },
      1,
    );
    const deviation = (name: string) =>
      tf.tidy(
        () =>
          tf
            .moments(drawn[name] as tf.Tensor)
            .variance.sqrt()
            .dataSync()[0],
      );
    expect(deviation('transformer.wte.weight')).toBeCloseTo(0.02, 3);
    expect(deviation('transformer.h.1.attn.c_attn.weight')).toBeCloseTo(0.02, 3);
    expect(deviation('transformer.h.1.mlp.c_proj.weight')).toBeCloseTo(0.01, 3);
    expect(drawn['transformer.h.0.ln_1.weight']?.dataSync()).toEqual(new Float32Array(64).fill(1));
    expect(drawn['transformer.h.0.mlp.c_fc.bias']?.dataSync()).toEqual(new Float32Array(256));
    tf.dispose(drawn);
  });
});

test('the bare model’s names, with the masks of old checkpoints, load as the whole model’s', async () => {
  const before = await onTokens('gpt2', logitsOf);
  const { config, weights } = await loadModel(join(GOLDEN, 'gpt2'));
  const folder = await folderOf({ 'config.json': await readFile(join(GOLDEN, 'gpt2/config.json')) });
  await writeSafetensors(folder, [
    ...Object.entries(weights).map(([name, weight]) => ({
      name: name.replace('transformer.', ''),
      shape: weight.shape,
      values: () => weight.dataSync<'float32'>(),
    })),
    { name: 'h.0.attn.bias', shape: [1, 1], values: () => new Float32Array(1) },
  ]);
  const bare = await loadModel(folder);
  const ids = tf.tensor2d((await recorded('gpt2')).get('ids') ?? [], [2, 20], 'int32');
  expect(await logitsOf(bare, ids)).toEqual(before);
  expect(bare.config).toEqual(config);
  tf.dispose([weights, bare.weights, ids]);
});
