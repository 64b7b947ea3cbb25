import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchModel } from '../../../src/data/fetch-model.ts';
import { progressLine } from '../../../src/runs/index.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const WEIGHTS = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251));

/** The files of a repository laid out as the hub's. */
const FILES: Record<string, Buffer> = {
  'config.json': Buffer.from('{"model_type": "llama"}'),
  'tokenizer.json': Buffer.from('{"model": {}}'),
  'README.md': Buffer.from('# A model'),
  'model-00001-of-00002.safetensors': WEIGHTS,
  'model-00002-of-00002.safetensors': WEIGHTS.subarray(500),
  'model.safetensors.index.json': Buffer.from('{"weight_map": {}}'),
  'onnx/model.onnx': Buffer.from('onnx'),
  'small.Q4_0.gguf': Buffer.from('GGUF'),
};

const hash = (algorithm: string, content: Buffer) => createHash(algorithm).update(content).digest('hex');

function entryOf(path: string, content: Buffer) {
  const blob = hash('sha1', Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]));
  const large = path.endsWith('.safetensors') || path.endsWith('.gguf');
  const lfs = { oid: hash('sha256', content), size: content.length, pointerSize: 134 };
  return { type: 'file', oid: blob, size: content.length, path, ...(large && { lfs }) };
}

let files = FILES;
let requests: { path: string; range: string | undefined; authorization: string | undefined }[] = [];
/** Bytes after which the next answer is cut, each once. */
let cuts: number[] = [];

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '');
  const { range, authorization } = request.headers;
  requests.push({ path, range, authorization });
  if (path === '/api/models/lab/small/revision/main') json(response, { id: 'lab/small', sha: COMMIT });
  else if (path === `/api/models/lab/small/tree/${COMMIT}?recursive=true`)
    json(response, [
      { type: 'directory', path: 'onnx' },
      ...Object.entries(files).map(([name, content]) => entryOf(name, content)),
    ]);
  else if (path.startsWith(`/lab/small/resolve/${COMMIT}/`))
    send(request, response, files[path.split(`${COMMIT}/`)[1] ?? ''] ?? Buffer.from(''));
  else response.writeHead(path.includes('/gated/') ? 401 : 404).end();
});

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function send(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(from > 0 ? 206 : 200, {
    ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  const cutAt = content.length > 1000 ? cuts.shift() : undefined;
  if (cutAt === undefined) response.end(content.subarray(from));
  else
    response.write(content.subarray(from, from + cutAt), () =>
      setTimeout(() => request.socket.destroy(), 20),
    );
}

let hub = '';
let cache = '';
beforeEach(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cache = await mkdtemp(join(tmpdir(), 'models-'));
  files = FILES;
  requests = [];
  cuts = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const downloads = () =>
  requests.flatMap(({ path }) => (path.includes('/resolve/') ? path.split(`${COMMIT}/`)[1] : []));

test('config, tokenizer and weights come into one folder, and nothing else', async () => {
  const told: string[] = [];
  const onProgress = progressLine({ write: text => told.push(text), now: () => 0 });
  const model = await fetchModel('lab/small', { hub, cache, onProgress });
  expect(model).toEqual({ id: 'lab/small', commit: COMMIT, path: join(cache, COMMIT, 'small') });
  expect(downloads().sort()).toEqual([
    'config.json',
    'model-00001-of-00002.safetensors',
    'model-00002-of-00002.safetensors',
    'model.safetensors.index.json',
    'tokenizer.json',
  ]);
  expect(await readFile(join(model.path, 'model-00001-of-00002.safetensors'))).toEqual(WEIGHTS);
  // 23 + 13 + 100,000 + 99,500 + 18
  expect(told.at(-1)).toContain('fetch lab/small: 200 kB of 200 kB');
});

test('an interrupted download resumes where it stopped, and what is there is not fetched again', async () => {
  cuts = [30_000];
  await fetchModel('lab/small', { hub, cache });
  expect(requests.filter(({ range }) => range !== undefined).map(({ range }) => range)).toEqual([
    'bytes=30000-',
  ]);
  const before = downloads().length;
  await fetchModel('lab/small', { hub, cache });
  expect(downloads()).toHaveLength(before);
});

test('a file whose content is not what the hub states is refused and removed', async () => {
  const { path } = await fetchModel('lab/small', { hub, cache });
  await writeFile(join(path, 'config.json'), '{"model_type": "other"}');
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'is not the published file and was removed',
  );
  await fetchModel('lab/small', { hub, cache });
  expect(await readFile(join(path, 'config.json'), 'utf8')).toBe('{"model_type": "llama"}');
});

test('a GGUF file comes alone, and one that is not there is answered with those that are', async () => {
  const { path } = await fetchModel('lab/small', { hub, cache, file: 'small.Q4_0.gguf' });
  expect(await readFile(path, 'utf8')).toBe('GGUF');
  expect(downloads()).toEqual(['small.Q4_0.gguf']);
  await expect(fetchModel('lab/small', { hub, cache, file: 'big.gguf' })).rejects.toThrow(
    'Cannot fetch big.gguf of lab/small: a file of the repository is required, its GGUF files are small.Q4_0.gguf',
  );
  files = { 'small.Q4_0.gguf': Buffer.from('GGUF') };
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'found GGUF files alone, one of which can be named',
  );
});

test('a path that leaves the folder is refused before anything is fetched', async () => {
  files = { ...FILES, '../../evil.safetensors': Buffer.from('x') };
  await expect(fetchModel('lab/small', { hub, cache })).rejects.toThrow(
    'a file without a plain path and size: ../../evil',
  );
  expect(downloads()).toEqual([]);
});

test('a token from the environment is sent, and occurs in no error', async () => {
  vi.stubEnv('HF_TOKEN', 'hf_secret');
  await fetchModel('lab/small', { hub, cache });
  expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hf_secret']));
  const refused = await fetchModel('gated/small', { hub, cache }).catch(error => String(error));
  expect(refused).toContain('an access token in HF_TOKEN is required');
  expect(refused).not.toContain('hf_secret');
});

test('what the hub does not know, no name of a model, and a hub that does not answer are named', async () => {
  await expect(fetchModel('lab/none', { hub, cache })).rejects.toThrow(
    'Cannot look up the model lab/none at main: the hub has no such model',
  );
  await expect(fetchModel('none', { hub, cache })).rejects.toThrow('a name such as OWNER/NAME is required');
  await expect(fetchModel('lab/small', { hub: 'http://127.0.0.1:9', cache })).rejects.toThrow(
    'does not answer',
  );
});
