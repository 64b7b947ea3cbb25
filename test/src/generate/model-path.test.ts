import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import { localModel, openModel } from '../../../src/generate/index.ts';
import { onBackend } from '../../fixtures/backends.ts';
import { commitOf, filesIn, HubServer } from '../../fixtures/hub-server.ts';
import { tinyQwen3 } from '../../fixtures/tiny-model.ts';

onBackend('cpu');

let hub: HubServer;
let folder = '';
let cache = '';
beforeEach(async () => {
  hub = await HubServer.start();
  folder = await tinyQwen3();
  cache = await mkdtemp(join(tmpdir(), 'cache-'));
  hub.models['Qwen/Qwen3-0.6B'] = { revisions: { main: await filesIn(folder) }, token: 'hf_member' };
  vi.stubEnv('HF_ENDPOINT', hub.address);
  vi.stubEnv('HF_TOKEN', 'hf_member');
  vi.stubEnv('IMITATION_LAB_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.stop();
  await Promise.all([folder, cache].map(path => rm(path, { recursive: true })));
});

/** The greedy answer to one question in a conversation. */
async function answerOf(model: LanguageModel): Promise<string | null> {
  for await (const { text } of model.generate([{ id: 'q', text: 'why?' }], { maxTokens: 8, chat: true }))
    return text;
  return null;
}

async function answerFrom(source: string): Promise<[name: string, answer: string | null]> {
  const model = await localModel(source, { onProgress: () => {} });
  const answer = await answerOf(model);
  model.dispose();
  return [model.name, answer];
}

test('localModel(OWNER/NAME) fetches a model in shards, loads it and answers; then also without the hub', async () => {
  const before = tf.memory().numTensors;
  const [, expected] = await answerFrom(folder);
  expect(expected).toMatch(/..../);
  hub.cuts = [900];
  expect(await answerFrom('Qwen/Qwen3-0.6B')).toEqual(['Qwen3-0.6B', expected]);
  expect(hub.downloads.filter(name => /^model-\d+-of-\d+\.safetensors$/.test(name)).length).toBeGreaterThan(
    2,
  );
  expect(hub.requests.flatMap(({ range }) => range ?? [])).toEqual(['bytes=900-']);
  await hub.stop();
  expect(await answerFrom('Qwen/Qwen3-0.6B')).toEqual(['Qwen3-0.6B', expected]);
  expect(tf.memory().numTensors).toBe(before);
});

test('localModel() of another revision reads that one, and fetches the adapter of none', async () => {
  const older = await tinyQwen3(2);
  const files = { ...(await filesIn(older)), 'adapter_model.safetensors': Buffer.from('none') };
  hub.models['Qwen/Qwen3-0.6B'] = { revisions: { 'v0.1': files } };
  const model = await localModel('Qwen/Qwen3-0.6B', { revision: 'v0.1', onProgress: () => {} });
  const [[, expected], [, other]] = [await answerFrom(older), await answerFrom(folder)];
  expect(expected).not.toBe(other);
  expect(await answerOf(model)).toBe(expected);
  expect(hub.requests.some(({ path }) => path.endsWith(`/tree/${commitOf('v0.1')}`))).toBe(true);
  expect(hub.downloads).not.toContain('adapter_model.safetensors');
  model.dispose();
  await rm(older, { recursive: true });
});

test('openModel() opens the same by its name', async () => {
  const { model, close } = await openModel({ model: 'Qwen/Qwen3-0.6B' }, { onProgress: () => {} });
  expect([model.name, await answerOf(model)]).toEqual(['Qwen3-0.6B', (await answerFrom(folder))[1]]);
  await close();
});

test('localModel() names what is no path here and no model there', async () => {
  await expect(localModel('Qwen/none')).rejects.toThrow(
    'Cannot open Qwen/none: there is no such file or folder here. Cannot look up the model Qwen/none at main: the hub has no such model',
  );
  await expect(localModel('checkpoints/of/gpt2')).rejects.toThrow(
    "Cannot open checkpoints/of/gpt2: a model's folder, a .gguf file or the name of a model on the hub, OWNER/NAME, is required, found no such file",
  );
  vi.stubEnv('HF_TOKEN', '');
  await expect(localModel('Qwen/Qwen3-0.6B')).rejects.toThrow(
    `it is gated: HF_TOKEN must be an access token of an account that has accepted its conditions at ${hub.address}/Qwen/Qwen3-0.6B`,
  );
});
