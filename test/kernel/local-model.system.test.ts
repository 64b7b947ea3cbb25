import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBackend } from '../fixtures/backends.ts';
import { filesIn, HubServer } from '../fixtures/hub-server.ts';
import { tinyQwen3 } from '../fixtures/tiny-model.ts';
import { Client } from './client.ts';

onBackend('cpu');

let hub: HubServer;
let kernel: Client;
let cache = '';
beforeAll(async () => {
  hub = await HubServer.start();
  const folder = await tinyQwen3();
  hub.models['Qwen/Qwen3-0.6B'] = { revisions: { main: await filesIn(folder) } };
  await rm(folder, { recursive: true });
  cache = await mkdtemp(join(tmpdir(), 'cache-'));
  kernel = await Client.start({
    env: { IMITATION_LAB_TYPES: 'off', IMITATION_LAB_CACHE: cache, HF_ENDPOINT: hub.address },
  });
});
afterAll(async () => {
  await kernel.stop();
  await hub.stop();
  await rm(cache, { recursive: true });
});

it('a cell that names a model of the hub fetches it, shows it, and the next one reads its answer', async () => {
  await kernel.run("import { localModel } from 'imitation-lab/generate';");
  const opened = await kernel.run("const model = await localModel('Qwen/Qwen3-0.6B'); model");
  expect(opened.reply.content.status, opened.text('stderr')).toBe('ok');
  expect(opened.text('stderr')).toContain('fetch Qwen/Qwen3-0.6B');
  expect(opened.result).toContain('Qwen 3');
  const answered = await kernel.run(`
    const found = [];
    for await (const answer of model.generate([{ id: '1', text: 'why?' }], { maxTokens: 8, chat: true })) found.push(answer.text);
    found.length === 1 && found[0].length > 3`);
  expect(answered.result, answered.text('stderr')).toBe('true');
  await hub.stop();
  const again = await kernel.run("(await localModel('Qwen/Qwen3-0.6B')).name");
  expect(again.result, again.text('stderr')).toBe("'Qwen3-0.6B'");
});
