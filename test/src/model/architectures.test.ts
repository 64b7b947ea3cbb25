import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ARCHITECTURES,
  type Architecture,
  addLora,
  architectureOf,
  forward,
  fromHuggingFace,
  growVocabulary,
  initConfig,
  initialise,
  initSchema,
  LLAMA,
  type LlamaConfig,
  loadModel,
  modelFacts,
  modelSizes,
  registerArchitecture,
  saveLora,
  saveModel,
  tinyConfig,
  toHuggingFace,
} from '../../../src/model/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';
import { SCALED_LLAMA } from '../../fixtures/scaled-llama.ts';
import { folderOf } from './hostile-file.ts';

const INIT = { maxPositions: 16, hiddenSize: 8, layers: 1, heads: 2, kvHeads: 1, intermediateSize: 4 };

describe('a variant of LLaMA that is registered by one object', () => {
  onBackend('cpu');
  expectTensorsFreed();
  let remove: () => void;
  beforeAll(() => {
    remove = registerArchitecture(SCALED_LLAMA);
  });
  afterAll(() => remove());

  test('is a choice of init, with its own options', () => {
    expect(initSchema()).toMatchObject({
      properties: {
        architecture: { enum: expect.arrayContaining(['gpt2', 'llama', 'scaled-llama']) },
        embeddingMultiplier: { type: 'number' },
      },
    });
    expect(initConfig({ architecture: 'scaled-llama', ...INIT, embeddingMultiplier: 3 }, 5)).toEqual({
      architecture: 'scaled-llama',
      vocabSize: 5,
      maxPositions: 16,
      hiddenSize: 8,
      layers: 1,
      heads: 2,
      kvHeads: 1,
      headDim: 4,
      intermediateSize: 4,
      normEpsilon: 1e-5,
      tieWordEmbeddings: true,
      rope: { theta: 10_000 },
      embeddingMultiplier: 3,
    });
  });

  test('is initialised, saved under its own name, loaded, and computed', async () => {
    const config = initConfig({ architecture: 'scaled-llama', ...INIT, embeddingMultiplier: 3 }, 5);
    const weights = initialise(config, 1);
    const folder = await folderOf({});
    await saveModel(folder, { config, weights });
    const json = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    expect(json).toMatchObject({ model_type: 'scaled-llama', embedding_multiplier: 3 });
    const loaded = await loadModel(folder);
    expect(loaded.config).toEqual(config);
    const ids = tf.tensor2d([[0, 1, 2]], undefined, 'int32');
    const logits = forward(loaded.config, loaded.weights, ids);
    // Three times the embedding is what the variant scales by, here in LLaMA's weights; its output stays untied.
    const embedding = weights['model.embed_tokens.weight'] as tf.Tensor;
    const tripled = {
      ...weights,
      'model.embed_tokens.weight': tf.mul(embedding, 3),
      'lm_head.weight': embedding,
    };
    const expected = forward({ ...config, architecture: 'llama', tieWordEmbeddings: false }, tripled, ids);
    expect(await logits.array()).toEqual(await expected.array());
    tf.dispose([weights, loaded.weights, ids, logits, expected, tripled['model.embed_tokens.weight']]);
  });

  test('grows its vocabulary, gets adapters that PEFT reads, and displays itself', async () => {
    const config = initConfig({ architecture: 'scaled-llama', ...INIT }, 5);
    const weights = initialise(config, 1);
    const grown = growVocabulary({ config, weights }, 7, 1);
    expect(grown.weights['model.embed_tokens.weight']?.shape).toEqual([7, 8]);
    const adapted = addLora(grown, { rank: 1, alpha: 1, targets: ['q_proj'] });
    const folder = await folderOf({});
    await saveLora(folder, adapted);
    const json = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'));
    expect(json).toMatchObject({ fan_in_fan_out: false, target_modules: ['q_proj'] });
    expect(modelFacts(adapted)).toMatchObject({ model: 'Scaled LLaMA', heads: '2, 1 of keys and values' });
    tf.dispose([weights, adapted.weights]);
  });

  test('is estimated and rehearsed', () => {
    const config = initConfig({ architecture: 'scaled-llama', ...INIT, embeddingMultiplier: 3 }, 5);
    // Embedding 5 · 8; maps 8 · (8 + 4 + 4 + 8) + 3 · 8 · 4; norms 3 · 8.
    expect(modelSizes(config)).toMatchObject({
      weights: { embeddings: 40, maps: 288, rest: 24, all: 352 },
      keyWidth: 4,
    });
    expect(tinyConfig(config, { vocabSize: 9, maxPositions: 64, layers: 2, headDim: 8 })).toMatchObject({
      architecture: 'scaled-llama',
      embeddingMultiplier: 3,
      vocabSize: 9,
      heads: 2,
      kvHeads: 1,
      hiddenSize: 16,
    });
  });

  test('is refused under a name that is taken', () => {
    expect(() => registerArchitecture(SCALED_LLAMA)).toThrow(
      'Cannot register the architecture: a new name is required, got "scaled-llama"',
    );
  });
});

describe('an unknown architecture', () => {
  const config = { architecture: 'mamba', ...INIT, vocabSize: 5, normEpsilon: 1e-5, tieWordEmbeddings: true };

  test('is refused by its name, wherever it is stated, with the known ones', () => {
    expect(ARCHITECTURES.map(({ name }) => name)).toEqual(
      'gpt2 llama mistral qwen2 qwen3 gemma2 gemma3_text phi3 olmo2 smollm3 granite gpt_neox'.split(' '),
    );
    const message =
      'Unknown architecture: gpt2, llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, olmo2, smollm3, granite, ' +
      'or gpt_neox is required, got "mamba"';
    expect(() => toHuggingFace(config)).toThrow(message);
    expect(() => initialise(config, 1)).toThrow(message);
    expect(() => initConfig({ architecture: 'mamba', ...INIT }, 5)).toThrow(message);
    expect(() => architectureOf(config)).toThrow(message);
    expect(() => fromHuggingFace({ model_type: 'mamba' }, 'c.json')).toThrow(
      'granite, or gpt_neox is required, found "mamba"',
    );
  });
});

test('an option that an architecture does not have is refused', () => {
  expect(() => initConfig({ architecture: 'gpt2', ...INIT }, 5)).toThrow(
    'init: "gpt2" has no option "kvHeads"',
  );
  expect(() => initConfig({ architecture: 'llama', ...INIT, heads: 3 }, 5)).toThrow('headDim');
});

test('the published schema of train has the choices and options of all architectures', async () => {
  const schema = await readFile(new URL('../../../data/train-config.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(schema).properties.init).toEqual(initSchema());
});

test('an architecture without a part is an error of types', () => {
  const { decoder: _, ...withoutDecoder } = LLAMA;
  const { init: __, ...withoutInit } = LLAMA;
  const incomplete: Architecture<LlamaConfig>[] = [
    // @ts-expect-error: its parts are required.
    withoutDecoder,
    // @ts-expect-error: so is the shape of one to train from scratch.
    withoutInit,
    // @ts-expect-error: its functions return its own config.
    { ...LLAMA, fromHuggingFace: () => ({ architecture: 'llama' }) },
  ];
  expect(incomplete).toHaveLength(3);
});
