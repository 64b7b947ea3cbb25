import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fromHuggingFace, toHuggingFace } from '../../../src/model/hugging-face-config.ts';
import {
  LLAMA,
  type LlamaConfig,
  loadModel,
  openSafetensors,
  saveModel,
  writeSafetensors,
} from '../../../src/model/index.ts';
import { ropeFrequencies } from '../../../src/model/rope-frequencies.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';
import { folderOf, text, whole } from './hostile-file.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models');

/** As in the `config.json` of SmolLM2-135M, which Transformers 4 wrote. */
const SMOLLM2 = {
  model_type: 'llama',
  attention_bias: false,
  hidden_act: 'silu',
  hidden_size: 576,
  intermediate_size: 1536,
  max_position_embeddings: 8192,
  num_attention_heads: 9,
  num_hidden_layers: 30,
  num_key_value_heads: 3,
  rms_norm_eps: 1e-5,
  rope_scaling: null,
  rope_theta: 100000,
  tie_word_embeddings: true,
  vocab_size: 49152,
};

/** As in the `config.json` of GPT-2. */
const GPT2 = {
  model_type: 'gpt2',
  activation_function: 'gelu_new',
  layer_norm_epsilon: 1e-5,
  n_ctx: 1024,
  n_embd: 768,
  n_head: 12,
  n_layer: 12,
  n_positions: 1024,
  vocab_size: 50257,
};

const LLAMA3_SCALING = {
  rope_type: 'llama3',
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 8192,
};

describe('a config.json', () => {
  test('of SmolLM2 gives its sizes', () => {
    expect(fromHuggingFace(SMOLLM2, 'config.json')).toEqual({
      architecture: 'llama',
      vocabSize: 49152,
      maxPositions: 8192,
      hiddenSize: 576,
      layers: 30,
      heads: 9,
      kvHeads: 3,
      headDim: 64,
      intermediateSize: 1536,
      normEpsilon: 1e-5,
      tieWordEmbeddings: true,
      rope: { theta: 100000 },
    });
  });

  test('of GPT-2 gives its sizes, with those that it leaves out', () => {
    expect(fromHuggingFace(GPT2, 'config.json')).toEqual({
      architecture: 'gpt2',
      vocabSize: 50257,
      maxPositions: 1024,
      hiddenSize: 768,
      layers: 12,
      heads: 12,
      intermediateSize: 3072,
      normEpsilon: 1e-5,
      tieWordEmbeddings: true,
    });
  });

  test('states the scaling of rotary embeddings as Transformers 4 or 5 does', () => {
    const scaling = {
      type: 'llama3',
      factor: 8,
      lowFreqFactor: 1,
      highFreqFactor: 4,
      originalMaxPositions: 8192,
    };
    const { rope_theta, rope_scaling, ...rest } = SMOLLM2;
    for (const json of [
      { ...rest, rope_theta: 500000, rope_scaling: LLAMA3_SCALING },
      { ...rest, rope_parameters: { ...LLAMA3_SCALING, rope_theta: 500000 } },
    ]) {
      expect(fromHuggingFace(json, 'config.json')).toMatchObject({ rope: { theta: 500000, scaling } });
    }
    expect(rope_scaling).toBe(null);
    expect(rope_theta).toBe(100000);
  });

  test('that is written is read as the same config', () => {
    for (const json of [GPT2, SMOLLM2, { ...SMOLLM2, rope_scaling: LLAMA3_SCALING, head_dim: 32 }]) {
      const config = fromHuggingFace(json, 'config.json');
      expect(fromHuggingFace(toHuggingFace(config), 'config.json')).toEqual(config);
    }
  });

  test.each<[change: object, message: string]>([
    [{ model_type: 'mixtral' }, 'Cannot read c.json: "model_type" gpt2, llama, mistral, qwen2'],
    [{ hidden_size: '576' }, 'a number under "hidden_size" is required, found "576"'],
    [{ vocab_size: undefined }, 'a number under "vocab_size" is required, found undefined'],
    [{ hidden_act: 'gelu_10' }, '"gelu_python" under "hidden_act" is required, found "gelu_10"'],
    [{ attention_bias: 1 }, 'true or false under "attention_bias" is required, found 1'],
    [
      { rope_scaling: { rope_type: 'proportional' } },
      '"rope_type" default, linear, dynamic, llama3, yarn or longrope is required, found "proportional"',
    ],
    [
      { rope_scaling: { rope_type: 'yarn', factor: 2, beta: 3 } },
      'whose effect on the model is known is required, found "beta": 3',
    ],
    [{ rope_scaling: 'linear' }, 'an object under "rope_scaling" is required, found "linear"'],
    [
      { residual_multiplier: 2 },
      'only keys whose effect on the model is known is required, found "residual_multiplier": 2',
    ],
    [{ quantization_config: { bits: 4 } }, 'a checkpoint whose weights are not quantised is required'],
    [
      { num_local_experts: 8 },
      'a model without mixture of experts is required, found "num_local_experts": 8',
    ],
    [{ vision_config: {} }, 'a model of text alone is required, found "vision_config": {}'],
    [{ rope_scaling: { type: 'linear', factor: 0 } }, 'positive constants of the rotary embedding'],
    [
      { num_hidden_layers: -1 },
      'Cannot make the model of c.json: a positive whole number as layers is required, found -1',
    ],
    [{ vocab_size: 2 ** 60 }, 'a positive whole number as vocabSize is required, found 1152921504606847000'],
    [{ rms_norm_eps: 0 }, 'a normEpsilon between 0 and 1 is required, found 0'],
    [{ num_key_value_heads: 2 }, 'a multiple of kvHeads as heads is required, found 9 and 2'],
    [
      { num_attention_heads: 10, num_key_value_heads: 5 },
      'a positive whole number as headDim is required, found 57.6',
    ],
    [{ head_dim: 63 }, 'an even headDim is required, found 63'],
  ])('is refused with %j', (change, message) => {
    expect(() => fromHuggingFace({ ...SMOLLM2, ...change }, 'c.json')).toThrow(message);
  });

  test.each<[change: object, message: string]>([
    [{ activation_function: 'quick_gelu' }, 'under "activation_function" is required, found "quick_gelu"'],
    [{ scale_attn_by_inverse_layer_idx: true }, 'found true'],
    [{ n_head: 7 }, 'a hiddenSize that the heads divide is required, found 768 and 7 heads'],
  ])('of GPT-2 is refused with %j', (change, message) => {
    expect(() => fromHuggingFace({ ...GPT2, ...change }, 'c.json')).toThrow(message);
  });

  test('cannot state a factor for each pair', () => {
    const config: LlamaConfig = {
      ...LLAMA.init.config({ architecture: 'llama', maxPositions: 8, hiddenSize: 4, layers: 1, heads: 1 }, 5),
      rope: { theta: 1, scaling: { type: 'factors', factors: [1, 2] } },
    };
    expect(() => toHuggingFace(config)).toThrow('Cannot write the config for Transformers');
  });
});

test('rotary angles slow down from pair to pair, and scaling slows the slow ones', () => {
  expect(ropeFrequencies({ theta: 10000 }, 4)).toEqual([1, 0.01]);
  expect(ropeFrequencies({ theta: 10000, scaling: { type: 'linear', factor: 2 } }, 4)).toEqual([0.5, 0.005]);
  expect(ropeFrequencies({ theta: 10000, scaling: { type: 'factors', factors: [1, 4] } }, 4)).toEqual([
    1, 0.0025,
  ]);
  // 100 positions turn the first pair 100 / 2π = 15.9 times, the last 0.159 times.
  const llama3 = {
    type: 'llama3' as const,
    factor: 8,
    lowFreqFactor: 1,
    highFreqFactor: 4,
    originalMaxPositions: 100,
  };
  expect(ropeFrequencies({ theta: 10000, scaling: llama3 }, 4)).toEqual([1, 0.00125]);
});

describe('loading', () => {
  onBackend('cpu');
  expectTensorsFreed();

  /** A copy of a golden model with its config changed. */
  async function changed(change: object): Promise<string> {
    const folder = await folderOf({});
    await cp(join(GOLDEN, 'llama-tied'), folder, { recursive: true });
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, ...change }));
    return folder;
  }

  test.each<[what: string, change: object, message: RegExp]>([
    [
      'another width',
      { intermediate_size: 23 },
      /tensor "model.layers.0.mlp.gate_proj.weight": shape \[23,16\] is required, found \[24,16\]/,
    ],
    ['a missing weight', { tie_word_embeddings: false }, /tensor "lm_head.weight": a tensor is required/],
    [
      'a layer too few',
      { num_hidden_layers: 1 },
      /tensor "model.layers.1.*": a weight of llama with 1 layers is required/,
    ],
    [
      'a config for 2^31 elements',
      { vocab_size: 2 ** 30 },
      /shape \[1073741824,16\] is required, found \[48,16\]/,
    ],
  ])('refuses %s', async (_, change, message) => {
    await expect(loadModel(await changed(change))).rejects.toThrow(message);
  });

  test('frees what it had when a later weight is of whole numbers, or when it is stopped', async () => {
    const folder = await changed({});
    const path = join(folder, 'model.safetensors');
    const bytes = await readFile(path);
    const last = bytes.lastIndexOf('"F32"', bytes.indexOf('"model.norm.weight"') + 40);
    bytes.write('"I32"', last);
    await writeFile(path, bytes);
    await expect(loadModel(folder)).rejects.toThrow(/tensor "model.*": real numbers is required, found I32/);
    const stopped = AbortSignal.abort(new Error('Stopped'));
    await expect(loadModel(join(GOLDEN, 'gpt2'), { signal: stopped })).rejects.toThrow('Stopped');
  });

  test('without a config, or of a GGUF file of another kind, says what is required', async () => {
    const folder = await folderOf({ 'config.json': '[]' });
    await expect(loadModel(folder)).rejects.toThrow(/config.json: an object in JSON is required, found \[\]/);
    // A file of zeros, of which the disk holds nothing.
    await truncate(join(folder, 'config.json'), 1e12);
    await expect(loadModel(folder)).rejects.toThrow(
      /at most 100000000 bytes is required, found 1000000000000/,
    );
    const gguf = await readFile(join(GOLDEN, 'gpt2/model.gguf'));
    const at = gguf.indexOf('gpt2', gguf.indexOf('general.architecture'));
    gguf.write('bert', at);
    await writeFile(join(folder, 'model.gguf'), gguf);
    await expect(loadModel(join(folder, 'model.gguf'))).rejects.toThrow(
      /"general.architecture" gpt2, llama, .* is required, found "bert"/,
    );
    const split = Buffer.concat([
      gguf.subarray(0, 16),
      whole(1, 8),
      text('split.count'),
      whole(2, 4),
      Uint8Array.of(3, 0),
    ]);
    await writeFile(join(folder, 'model.gguf'), split.fill(0, 8, 16));
    await expect(loadModel(join(folder, 'model.gguf'))).rejects.toThrow(
      /the first of 3 files, NAME-00001-of-00003.gguf is required, found model.gguf/,
    );
  });

  test('a weight of another shape is not saved', async () => {
    const { config, weights } = await loadModel(join(GOLDEN, 'gpt2'));
    const name = 'transformer.wpe.weight';
    const turned = tf.transpose(weights[name] as tf.Tensor);
    await expect(
      saveModel(await folderOf({}), { config, weights: { ...weights, [name]: turned } }),
    ).rejects.toThrow(
      'Cannot save weight "transformer.wpe.weight": shape 24 × 16 is required, found 16 × 24',
    );
    tf.dispose([weights, turned]);
  });

  test('halves are saved where they are asked for', async () => {
    const { config, weights } = await loadModel(join(GOLDEN, 'gpt2'));
    const folder = await folderOf({});
    await saveModel(folder, { config, weights }, { type: 'BF16' });
    const file = await openSafetensors(folder);
    expect([...file.tensors.values()].every(({ type }) => type === 'BF16')).toBe(true);
    expect(file.tensors.size).toBe(Object.keys(weights).length);
    await file.close();
    tf.dispose(weights);
    await expect(writeSafetensors(folder, [])).resolves.toHaveLength(1);
  });
});
