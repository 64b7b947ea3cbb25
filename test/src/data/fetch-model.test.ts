import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchModel } from '../../../src/data/fetch-model.ts';
import { progressLine } from '../../../src/runs/index.ts';
import { commitOf, type HubFiles, HubServer } from '../../fixtures/hub-server.ts';

const COMMIT = commitOf('main');
const WEIGHTS = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251));

/** The files of a repository, more than a page of a listing. */
const FILES: HubFiles = {
  'config.json': Buffer.from('{"model_type": "llama"}'),
  'tokenizer.json': Buffer.from('{"model": {}}'),
  'README.md': Buffer.from('# A model'),
  'model-00001-of-00002.safetensors': WEIGHTS,
  'model-00002-of-00002.safetensors': WEIGHTS.subarray(500),
  'model.safetensors.index.json': Buffer.from('{"weight_map": {}}'),
  'consolidated.safetensors': WEIGHTS,
  'onnx/model.onnx': Buffer.from('onnx'),
  'small.Q4_0.gguf': Buffer.from('GGUF'),
  'large-00001-of-00002.gguf': Buffer.from('GGUF 1'),
  'large-00002-of-00002.gguf': Buffer.from('GGUF 2'),
};

let server: HubServer;
let hub = '';
let cache = '';
beforeEach(async () => {
  server = await HubServer.start();
  hub = server.address;
  cache = await mkdtemp(join(tmpdir(), 'models-'));
  serve(FILES);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
  await rm(cache, { recursive: true });
});

function serve(files: HubFiles): void {
  server.models['lab/small'] = { revisions: { main: files } };
}

test('config, tokenizer and weights come into one folder, and nothing else', async () => {
  const reported: string[] = [];
  const onProgress = progressLine({ write: text => reported.push(text), now: () => 0 });
  const model = await fetchModel('lab/small', { hub, cache, onProgress });
  expect(model).toEqual({ id: 'lab/small', commit: COMMIT, path: join(cache, COMMIT, 'small') });
  expect(server.downloads.sort()).toEqual([
    'config.json',
    'model-00001-of-00002.safetensors',
    'model-00002-of-00002.safetensors',
    'model.safetensors.index.json',
    'tokenizer.json',
  ]);
  expect(await readFile(join(model.path, 'model-00001-of-00002.safetensors'))).toEqual(WEIGHTS);
  // 23 + 13 + 100,000 + 99,500 + 18
  expect(reported.at(-1)).toContain('fetch lab/small: 200 kB of 200 kB');
});

test('weights in one file come without shards, as Transformers reads them', async () => {
  serve({ ...FILES, 'model.safetensors': WEIGHTS });
  await fetchModel('lab/small', { hub, cache });
  expect(server.downloads.filter(name => name.includes('safetensors'))).toEqual(['model.safetensors']);
  serve({ 'config.json': Buffer.from('{}'), 'consolidated.safetensors': WEIGHTS });
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'model.safetensors or its shards, found consolidated.safetensors',
  );
});

test('an interrupted download resumes where it stopped, and what is there is not fetched again', async () => {
  server.cuts = [30_000];
  await fetchModel('lab/small', { hub, cache });
  expect(server.requests.flatMap(({ range }) => range ?? [])).toEqual(['bytes=30000-']);
  const before = server.downloads.length;
  await fetchModel('lab/small', { hub, cache });
  expect(server.downloads).toHaveLength(before);
});

test('a file whose content is not what the hub states is refused and removed', async () => {
  const { path } = await fetchModel('lab/small', { hub, cache });
  for (const name of ['config.json', 'model-00001-of-00002.safetensors']) {
    await writeFile(join(path, name), '{"model_type": "other"}');
    await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
      'is not the published file and was removed',
    );
    await fetchModel('lab/small', { hub, cache });
    expect(await readFile(join(path, name))).toEqual(FILES[name]);
  }
});

test('a GGUF file comes alone or with its further parts, and one that is not there is answered with those that are', async () => {
  const { path } = await fetchModel('lab/small', { hub, cache, file: 'small.Q4_0.gguf' });
  expect(await readFile(path, 'utf8')).toBe('GGUF');
  expect(server.downloads).toEqual(['small.Q4_0.gguf']);
  const split = await fetchModel('lab/small', { hub, cache, file: 'large-00001-of-00002.gguf' });
  expect(split.path).toBe(join(cache, COMMIT, 'small', 'large-00001-of-00002.gguf'));
  expect(server.downloads.slice(1)).toEqual(['large-00001-of-00002.gguf', 'large-00002-of-00002.gguf']);
  await expect(fetchModel('lab/small', { hub, cache, file: 'big.gguf' })).rejects.toThrow(
    'Cannot fetch big.gguf of lab/small: a file of the repository is required, its GGUF files are small.Q4_0.gguf',
  );
  serve({ 'small.Q4_0.gguf': Buffer.from('GGUF') });
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'found GGUF files alone, one of which can be named',
  );
});

test('a path that leaves the folder is refused before anything is fetched', async () => {
  serve({ ...FILES, '../../evil.safetensors': Buffer.from('x') });
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'a file without a plain path and size: ../../evil',
  );
  expect(server.downloads).toEqual([]);
});

test('a revision has files of its own, also where it is a commit', async () => {
  const older = { ...FILES, 'config.json': Buffer.from('{"model_type": "older"}') };
  server.models['lab/small'] = { revisions: { main: FILES, 'v1/beta': older } };
  const config = async (revision: string) => {
    const { path, commit } = await fetchModel('lab/small', { hub, cache, revision });
    return [commit, await readFile(join(path, 'config.json'), 'utf8')];
  };
  expect(await config('main')).toEqual([COMMIT, '{"model_type": "llama"}']);
  expect(await config('v1/beta')).toEqual([commitOf('v1/beta'), '{"model_type": "older"}']);
  expect(await config(COMMIT)).toEqual([COMMIT, '{"model_type": "llama"}']);
  // A commit names the same files for ever: it is looked up once.
  const asked = server.requests.length;
  expect(await config(COMMIT)).toEqual([COMMIT, '{"model_type": "llama"}']);
  expect(server.requests).toHaveLength(asked);
  await expect(config('none')).rejects.toThrow(
    'Cannot look up the model lab/small at none: the hub has no such revision',
  );
});

test('a cached model is there without the hub; one that is not cached is refused by name', async () => {
  const fetched = await fetchModel('lab/small', { hub, cache });
  vi.stubEnv('HF_HUB_OFFLINE', '1');
  const asked = server.requests.length;
  expect(await fetchModel('lab/small', { hub, cache })).toEqual(fetched);
  expect(server.requests).toHaveLength(asked);
  await expect(fetchModel('lab/small', { hub, cache, revision: 'v2' })).rejects.toThrow(
    'Cannot fetch lab/small at v2: HF_HUB_OFFLINE is set, and the model is not cached',
  );
  await expect(fetchModel('lab/small', { hub, cache, file: 'small.Q4_0.gguf' })).rejects.toThrow(
    'Cannot fetch small.Q4_0.gguf of lab/small: HF_HUB_OFFLINE is set, and the file is not cached',
  );
  vi.unstubAllEnvs();
  for (const failure of [429, 503]) {
    server.failure = failure;
    expect(await fetchModel('lab/small', { hub, cache })).toEqual(fetched);
  }
  expect(await fetchModel('lab/small', { hub: 'http://127.0.0.1:9', cache })).toEqual(fetched);
  // What the hub refuses is not taken from the cache.
  server.failure = 404;
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow('the hub has no such model');
});

test('files that Hugging Face’s Python libraries have cached are copied, those with another content fetched', async () => {
  const theirs = join(cache, 'hub', 'models--lab--small', 'snapshots', COMMIT);
  await mkdir(theirs, { recursive: true });
  await writeFile(join(theirs, 'model-00001-of-00002.safetensors'), WEIGHTS);
  await writeFile(join(theirs, 'config.json'), '{"model_type": "other"}');
  vi.stubEnv('HF_HUB_CACHE', '');
  vi.stubEnv('HF_HOME', cache);
  const { path } = await fetchModel('lab/small', { hub, cache });
  expect(server.downloads).not.toContain('model-00001-of-00002.safetensors');
  expect(await readFile(join(path, 'model-00001-of-00002.safetensors'))).toEqual(WEIGHTS);
  expect(await readFile(join(path, 'config.json'))).toEqual(FILES['config.json']);
  expect(await readFile(join(theirs, 'config.json'), 'utf8')).toBe('{"model_type": "other"}');
});

test('HF_ENDPOINT is the address of the hub, with or without a slash at its end', async () => {
  vi.stubEnv('HF_ENDPOINT', `${hub}/`);
  expect((await fetchModel('lab/small', { cache })).commit).toBe(COMMIT);
});

test('a token from the environment is sent, and occurs in no error', async () => {
  vi.stubEnv('HF_TOKEN', 'hf_secret');
  await fetchModel('lab/small', { hub, cache });
  expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer hf_secret']),
  );
});

test('a gated model says what to do, and comes with a token of an account that may have it', async () => {
  server.models['lab/gated'] = { revisions: { main: FILES }, token: 'hf_member' };
  for (const token of ['', 'hf_stranger']) {
    vi.stubEnv('HF_TOKEN', token);
    const refused = await fetchModel('lab/gated', { hub, cache }).catch(error => String(error));
    expect(refused).toBe(
      'Error: Cannot fetch config.json of lab/gated: it is gated: HF_TOKEN must be an access token of an account ' +
        `that has accepted its conditions at ${hub}/lab/gated`,
    );
  }
  vi.stubEnv('HF_TOKEN', 'hf_member');
  expect((await fetchModel('lab/gated', { hub, cache })).commit).toBe(COMMIT);
});

test('what the hub does not know, no name of a model, and a hub that does not answer are named', async () => {
  await expect(fetchModel('lab/none', { hub, cache })).rejects.toThrow(
    'Cannot look up the model lab/none at main: the hub refuses it: there is no such model, or an access token in HF_TOKEN is required',
  );
  await expect(fetchModel('none', { hub, cache })).rejects.toThrow('a name such as OWNER/NAME is required');
  await expect(fetchModel('lab/small', { hub: 'http://127.0.0.1:9', cache })).rejects.toThrow(
    'does not answer',
  );
});
