import { readdirSync, readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { generateTokens } from '../../../src/generate/index.ts';
import { isHarmlessKey } from '../../../src/model/harmless-keys.ts';
import { fromHuggingFace, loadModel, type Model, saveModel } from '../../../src/model/index.ts';
import { BACKENDS, expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';
import { largestDifference, logitsOf, lossAndGradients, recordedTensors } from './golden-models.ts';
import { folderOf } from './hostile-file.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/architectures');
const MODELS = readdirSync(GOLDEN).sort();

onBackend('cpu');
expectTensorsFreed();

const recorded = (model: string) => recordedTensors(join(GOLDEN, model, 'expected.safetensors'));

/** Logits of the recorded tokens by the model in a folder, which must be one that loads. */
async function logitsIn(folder: string, ids: ArrayLike<number>): Promise<Float32Array> {
  const model = await loadModel(folder);
  const tensor = tf.tensor2d(Int32Array.from(ids), [2, 20], 'int32');
  const logits = await logitsOf(model, tensor);
  tf.dispose([model.weights, tensor]);
  return logits;
}

describe.each(BACKENDS.filter(backend => backend !== 'cpu'))('on the backend %s', backend => {
  onBackend(backend);

  test.each(MODELS)('%s gives the logits that Transformers gives, to 1e-4', async model => {
    const expected = await recorded(model);
    const logits = await logitsIn(join(GOLDEN, model), expected.get('ids') ?? []);
    expect(logits.length).toBe(2 * 20 * 44);
    expect(largestDifference(logits, expected.get('logits') ?? [])).toBeLessThan(1e-4);
  });
});

describe('with a KV cache', () => {
  onBackend('tensorflow');

  test.each(MODELS)('%s continues with the 20 tokens that Transformers finds likeliest', async name => {
    const expected = await recorded(name);
    const model = await loadModel(join(GOLDEN, name));
    const prompt = Array.from(expected.get('ids') ?? []).slice(0, 7);
    for await (const { ids } of generateTokens(model, [prompt], { maxTokens: 20 })) {
      expect(ids).toEqual(Array.from(expected.get('greedy') ?? []));
    }
    tf.dispose(model.weights);
  });
});

test.each(['qwen3', 'gemma3', 'gpt-neox', 'llama-dynamic'])(
  '%s gives the loss and all gradients that PyTorch gives, to 1e-4',
  async name => {
    const expected = await recorded(name);
    const model = await loadModel(join(GOLDEN, name));
    const ids = tf.tensor2d(Int32Array.from(expected.get('ids') ?? []), [2, 20], 'int32');
    const given = lossAndGradients(model, ids);
    const names = ['loss', ...Object.keys(model.weights).map(weight => `gradient of ${weight}`)];
    expect([...expected.keys()].filter(key => /^(loss|gradient)/.test(key)).sort()).toEqual(
      [...names].sort(),
    );
    for (const [i, key] of names.entries()) {
      const values = await (given[i] as tf.Tensor).data();
      expect(largestDifference(values, expected.get(key) ?? []), key).toBeLessThan(1e-4);
    }
    tf.dispose([given, model.weights, ids]);
  },
);

test.each(MODELS)('%s saved and loaded again is the same model', async name => {
  const folder = await folderOf({});
  const saved: Model = await loadModel(join(GOLDEN, name));
  await saveModel(folder, saved);
  tf.dispose(saved.weights);
  const { ids = [] } = Object.fromEntries(await recorded(name));
  expect(await logitsIn(folder, ids)).toEqual(await logitsIn(join(GOLDEN, name), ids));
});

const GGUFS = join(GOLDEN, '../ggufs');

test.each(readdirSync(GGUFS).sort())(
  '%s, written as llama.cpp’s converter does, gives the logits that Transformers gives',
  async name => {
    const expected = await recordedTensors(join(GGUFS, name, 'expected.safetensors'));
    const logits = await logitsIn(join(GGUFS, name, 'model.gguf'), expected.get('ids') ?? []);
    expect(largestDifference(logits, expected.get('logits') ?? [])).toBeLessThan(1e-4);
  },
);

/** Keys that a golden states beside others that say the same, or that say what holds without them, and where. */
const RESTATED: Readonly<Record<string, readonly string[]>> = {
  // The kinds of layers are listed.
  max_window_layers: ['qwen2', 'qwen3'],
  use_sliding_window: ['smollm3'],
  no_rope_layer_interval: ['smollm3'],
  _sliding_window_pattern: ['gemma3_text'],
  // The key outside of the rotary embedding counts.
  'rope_parameters.original_max_position_embeddings': ['phi3'],
  // Only false, and nothing, are computed.
  use_bidirectional_attention: ['gemma2', 'gemma3_text'],
  attn_logit_softcapping: ['gemma3_text'],
  // A stored head of its own is used, whatever the key says.
  tie_word_embeddings: ['gemma2', 'gemma3_text', 'smollm3'],
};

const isRestated = (key: string, architecture: string) => RESTATED[key]?.includes(architecture) ?? false;

const ARCHITECTURES = [...new Set(MODELS.map(name => String(configOf(name).model_type)))];

function configOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(GOLDEN, name, 'config.json'), 'utf8'));
}

/** Paths to the keys of a config, those of objects in it too. */
function pathsOf(json: object): string[][] {
  return Object.entries(json).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [[key], ...pathsOf(value).map(path => [key, ...path])]
      : [[key]],
  );
}

/** A config without one of its keys. */
function without(json: Readonly<Record<string, unknown>>, [key = '', ...rest]: readonly string[]): object {
  const { [key]: value, ...others } = json;
  if (rest.length === 0) return others;
  return { ...others, [key]: without(value as Record<string, unknown>, rest) };
}

describe.each(ARCHITECTURES)('each key in a config.json of %s', architecture => {
  onBackend('tensorflow');
  const models = MODELS.filter(name => configOf(name).model_type === architecture);

  test('changes the logits of a golden if it is ignored, or makes the model fail to load', async () => {
    const unseen = new Map<string, boolean>();
    for (const name of models) {
      const json = configOf(name);
      const expected = await recorded(name);
      const folder = await folderOf({});
      await cp(join(GOLDEN, name), folder, { recursive: true });
      for (const path of pathsOf(json)) {
        const key = path.join('.');
        if (isHarmlessKey(key) || isRestated(key, architecture)) continue;
        if (unseen.get(key) === false) continue;
        const changed = JSON.stringify(without(json, path));
        await writeFile(join(folder, 'config.json'), changed);
        const logits = await logitsIn(folder, expected.get('ids') ?? []).catch(() => undefined);
        const seen = logits === undefined || largestDifference(logits, expected.get('logits') ?? []) > 1e-3;
        unseen.set(key, !seen);
      }
    }
    expect([...unseen].filter(([, is]) => is).map(([key]) => key)).toEqual([]);
  });
});

test('keys that say the same in fewer words are read', () => {
  const qwen = { ...configOf('qwen2'), layer_types: undefined, max_window_layers: 2 };
  expect(fromHuggingFace(qwen, 'config.json')).toMatchObject({ slidingLayers: [false, false, true] });
});
