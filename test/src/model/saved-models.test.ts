import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  addLora,
  forward,
  growVocabulary,
  loadModel,
  type Model,
  mergeLora,
  openSafetensors,
  saveModel,
} from '../../../src/model/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';
import { folderOf } from './hostile-file.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');

onBackend('cpu');
expectTensorsFreed();

async function configIn(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
}

/** A copy of Qwen 2's golden whose config says more, in bfloat16. */
async function qwenInBfloat16(): Promise<string> {
  const folder = await folderOf({});
  await cp(join(GOLDEN, 'architectures/qwen2'), folder, { recursive: true });
  const config = await configIn(folder);
  const more = { ...config, eos_token_id: [7, 9], bos_token_id: 3, max_window_layers: 21 };
  await writeFile(join(folder, 'config.json'), JSON.stringify(more));
  const model = await loadModel(folder);
  await saveModel(folder, model, { type: 'BF16' });
  tf.dispose(model.weights);
  return folder;
}

async function typesIn(folder: string): Promise<Set<string>> {
  const file = await openSafetensors(folder);
  await file.close();
  return new Set([...file.tensors.values()].map(({ type }) => type));
}

test('a saved model keeps every key of its base’s config, and the type of its weights', async () => {
  const base = await qwenInBfloat16();
  const before = await configIn(base);
  expect(before).toMatchObject({ eos_token_id: [7, 9], bos_token_id: 3, max_window_layers: 21 });
  expect(before).toMatchObject({ torch_dtype: 'bfloat16', rope_parameters: { rope_type: 'yarn' } });
  const model = await loadModel(base);
  const adapted = addLora(model, { rank: 1, alpha: 1, targets: ['q_proj'] });
  const merged = mergeLora(adapted);
  const folder = await folderOf({});
  await saveModel(folder, merged);
  expect(await configIn(folder)).toEqual(before);
  expect(await typesIn(folder)).toEqual(new Set(['BF16']));
  tf.dispose([adapted.weights, merged.weights]);
});

test('only what changed since is written again', async () => {
  const base = await qwenInBfloat16();
  const model = await loadModel(base);
  const grown = growVocabulary(model, 46, 1);
  const folder = await folderOf({});
  await saveModel(folder, grown, { type: 'F16' });
  expect(await configIn(folder)).toEqual({
    ...(await configIn(base)),
    vocab_size: 46,
    torch_dtype: 'float16',
  });
  tf.dispose([model.weights, grown.weights]);
});

test('real numbers stay real ones, which Transformers requires', async () => {
  const folder = await folderOf({});
  const model = await loadModel(join(GOLDEN, 'architectures/gemma2'));
  await saveModel(folder, model);
  tf.dispose(model.weights);
  const text = await readFile(join(folder, 'config.json'), 'utf8');
  expect(text).toContain('"final_logit_softcapping": 6.0,\n');
  expect(text).toContain('"rope_theta": 50.0,\n');
  expect(text).toContain('"query_pre_attn_scalar": 11,\n');
  expect(text).toContain('"rms_norm_eps": 0.02,\n');
});

test('a stored head that differs from the embedding counts, though the config says that they are tied', async () => {
  const folder = await folderOf({});
  await cp(join(GOLDEN, 'models/gpt2-untied'), folder, { recursive: true });
  const json = await configIn(folder);
  expect(json.tie_word_embeddings).toBe(false);
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...json, tie_word_embeddings: true }));
  const [untied, said] = [await loadModel(join(GOLDEN, 'models/gpt2-untied')), await loadModel(folder)];
  expect(said.config).toEqual(untied.config);
  const ids = tf.tensor2d([[1, 2, 3]], undefined, 'int32');
  const logits = ({ config, weights }: Model) =>
    tf.tidy(() => forward(config, weights, ids).dataSync<'float32'>());
  expect(logits(said)).toEqual(logits(untied));
  const saved = await folderOf({});
  await saveModel(saved, said);
  expect((await configIn(saved)).tie_word_embeddings).toBe(false);
  tf.dispose([untied.weights, said.weights, ids]);
});
