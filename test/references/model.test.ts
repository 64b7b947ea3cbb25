import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { generateTokens } from '../../src/generate/index.ts';
import {
  addLora,
  forward,
  loadLora,
  loadModel,
  type Model,
  mergeLora,
  openGguf,
  openSafetensors,
  saveLora,
  saveModel,
} from '../../src/model/index.ts';
import { seededRandom } from '../../src/stats/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { runPython } from './run-python.ts';

const MODELS = ['gpt2', 'gpt2-untied', 'llama-tied', 'llama-scaled', 'llama-linear'];

/** Longest sequence; SmolLM2's predictions then take 25 MB. */
const LENGTH = 128;

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
});

/** Folders of one test, half a gigabyte among them. */
let folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.map(folder => rm(folder, { recursive: true })));
  folders = [];
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  folders.push(folder);
  return folder;
}

/** Log-probabilities of every next token as Transformers has them; it must find every weight, and no other. */
async function theirs(folder: string, ids: number[][], gguf_file?: string): Promise<Float32Array> {
  const out = join(await newFolder(), 'out.safetensors');
  const request = { work: 'log-probabilities', folder, ids, out, ...(gguf_file ? { gguf_file } : {}) };
  expect(await runPython('run-model.py', request)).toEqual({});
  return valuesIn(out);
}

/** The same as PEFT has them with adapters; it must find a place for each, and each place filled. */
async function theirsAdapted(folder: string, adapters: string, ids: number[][]): Promise<Float32Array> {
  const out = join(await newFolder(), 'out.safetensors');
  expect(await runPython('run-model.py', { work: 'adapted', folder, adapters, ids, out })).toEqual([]);
  return valuesIn(out);
}

async function valuesIn(out: string): Promise<Float32Array> {
  const file = await openSafetensors(out);
  const values = await file.read('values');
  await file.close();
  return values instanceof Float32Array ? values : expect.fail('no real numbers');
}

const ours = ({ config, weights }: Model, ids: number[][]) =>
  tf.tidy(() => tf.logSoftmax(forward(config, weights, tf.tensor2d(ids, undefined, 'int32'))).dataSync());

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++)
    largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  return largest;
}

describe.each(MODELS)('%s, as we save it,', name => {
  test.each([
    ['whole', {}],
    ['in shards', { maxShardBytes: 5000 }],
    ['in bfloat16', { type: 'BF16' as const }],
  ])('%s, loads in Transformers and predicts the same', async (_, options) => {
    const golden = await loadModel(join(import.meta.dirname, '../golden/models', name));
    const folder = await newFolder();
    await saveModel(folder, golden, options);
    const loaded = await loadModel(folder);
    const { integer } = seededRandom(name);
    const ids = Array.from({ length: 3 }, () => Array.from({ length: 24 }, () => integer(48)));
    expect(largestDifference(ours(loaded, ids), await theirs(folder, ids))).toBeLessThan(1e-5);
    tf.dispose([golden.weights, loaded.weights]);
  });
});

const ARCHITECTURES = join(import.meta.dirname, '../golden/architectures');

describe.each(readdirSync(ARCHITECTURES))('%s, as we save it,', name => {
  test.each(['with the config that it came with', 'with a config of our own'])(
    '%s, loads in Transformers and predicts the same',
    async whose => {
      const golden = await loadModel(join(ARCHITECTURES, name));
      const { config, weights } = golden;
      const folder = await newFolder();
      await saveModel(folder, whose === 'with a config of our own' ? { config, weights } : golden);
      const { integer } = seededRandom(name);
      const ids = Array.from({ length: 3 }, () => Array.from({ length: 30 }, () => integer(44)));
      expect(largestDifference(ours(golden, ids), await theirs(folder, ids))).toBeLessThan(1e-4);
      tf.dispose(weights);
    },
  );
});

test('a dynamic rotary embedding continues beyond the context as in Transformers, from prompts of any length', async () => {
  const folder = join(ARCHITECTURES, 'llama-dynamic');
  const model = await loadModel(folder);
  const { integer } = seededRandom('dynamic');
  const prompts = [3, 11, 12, 13, 16, 25].map(length => Array.from({ length }, () => 3 + integer(41)));
  const tokens = 10;
  const found: number[][] = [];
  const answers = generateTokens(model, prompts, { maxTokens: tokens, stopTokens: [2] });
  for await (const { prompt, ids } of answers) found[prompt] = ids;
  expect(found).toEqual(await runPython('run-model.py', { work: 'greedy', folder, prompts, tokens }));
  tf.dispose(model.weights);
});

describe.each([
  ['gpt2', undefined],
  ['gpt2-untied', ['attn.c_proj', 'c_fc']],
  ['llama-scaled', ['q_proj', 'v_proj']],
])('adapters of %s, as we save them,', (name, targets) => {
  test('load in PEFT and predict the same; so does the merged model in Transformers', async () => {
    const base = await loadModel(join(import.meta.dirname, '../golden/models', name));
    const { config, weights } = addLora(base, { rank: 3, alpha: 8, ...(targets && { targets }) });
    // As after training: B starts at 0, where adapters do nothing.
    const { normal, integer } = seededRandom(name);
    const moved = Object.entries(weights).map(([name, weight]) => {
      if (!name.endsWith('lora_B.weight')) return [name, weight];
      return [name, tf.tensor(Float32Array.from({ length: weight.size }, normal), weight.shape)];
    });
    const model = { config, weights: Object.fromEntries(moved) };
    const ids = Array.from({ length: 3 }, () => Array.from({ length: 24 }, () => integer(48)));
    const [plain, adapters, whole] = [await newFolder(), await newFolder(), await newFolder()];
    await saveModel(plain, base);
    await saveLora(adapters, model);
    const merged = mergeLora(model);
    await saveModel(whole, merged);
    const ourValues = ours(model, ids);
    expect(largestDifference(ourValues, ours(base, ids))).toBeGreaterThan(1);
    expect(largestDifference(ourValues, await theirsAdapted(plain, adapters, ids))).toBeLessThan(1e-4);
    expect(largestDifference(ourValues, await theirs(whole, ids))).toBeLessThan(1e-4);
    const again = await loadLora(adapters, base);
    expect(ours(again, ids)).toEqual(ourValues);
    tf.dispose([weights, model.weights, merged.weights, again.weights]);
  });
});

describe('SmolLM2, from its GGUF file,', async () => {
  const path = (await smollm2()) ?? expect.fail('SmolLM2 is out of reach');

  test('has every tensor that Python’s gguf dequantises, to the bit', async () => {
    const expected = await runPython<Record<string, string>>('run-model.py', { work: 'dequantised', path });
    const file = await openGguf(path);
    const found: Record<string, string> = {};
    for (const name of file.tensors.keys()) {
      const { buffer, byteOffset, byteLength } = await file.read(name);
      found[name] = createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex');
    }
    await file.close();
    expect(Object.keys(found).length).toBe(272);
    expect(found).toEqual(expected);
  });

  test('predicts as Transformers does from the same file, to 1e-3', async () => {
    const { integer } = seededRandom('smollm2');
    const ids = [Array.from({ length: LENGTH }, () => integer(49_152))];
    const model = await loadModel(path);
    const predicted = ours(model, ids);
    expect(largestDifference(predicted, await theirs(dirname(path), ids, basename(path)))).toBeLessThan(1e-3);
    tf.dispose(model.weights);
  });

  test('saved for Transformers, predicts there as it does here, to 1e-3', async () => {
    const ids = [[1, 4093, 198, 1780, 314, 260, 3575, 282, 4649, 47, 2, 198, 1, 520, 9531, 198]];
    const model = await loadModel(path);
    const folder = await newFolder();
    await saveModel(folder, model, { maxShardBytes: 2e8 });
    expect(largestDifference(ours(model, ids), await theirs(folder, ids))).toBeLessThan(1e-3);
    tf.dispose(model.weights);
  });
});
