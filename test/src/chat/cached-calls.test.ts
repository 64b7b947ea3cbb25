import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearCachedCalls, listCachedCalls, openAiModel } from '../../../src/chat/index.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';

test('kept calls are counted by server and model, and those of a model are removed, and nothing else', async () => {
  await using server = await openAiServer();
  const cache = await mkdtemp(join(tmpdir(), 'calls-'));
  await writeFile(join(cache, 'notes.txt'), 'mine');
  for (const [model, count] of [
    ['a', 3],
    ['b', 1],
  ] as const) {
    const prompts = Array.from({ length: count }, (_, index) => ({ id: `${index}`, text: 'Why?' }));
    for await (const _ of openAiModel({ model, base: server.base, cache }).generate(prompts, { chat: true }));
  }
  const listed = await listCachedCalls(cache);
  expect(listed.map(({ server: at, model, calls }) => [at, model, calls]).sort()).toEqual([
    [server.base, 'a', 3],
    [server.base, 'b', 1],
  ]);
  expect(listed.every(({ bytes, first, last }) => bytes > 0 && first <= last)).toBe(true);
  expect(await clearCachedCalls(cache, { model: 'a' })).toBe(3);
  expect(await listCachedCalls(cache)).toMatchObject([{ model: 'b', calls: 1 }]);
  expect(await clearCachedCalls(cache)).toBe(1);
  expect(await readdir(cache)).toContain('notes.txt');
});

test('a folder that does not exist keeps no calls', async () => {
  expect(await listCachedCalls('no/such/folder')).toEqual([]);
  expect(await clearCachedCalls('no/such/folder')).toBe(0);
});
