import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onBackend } from '../../fixtures/backends.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { filesIn, HubServer } from '../../fixtures/hub-server.ts';
import { tinyQwen3 } from '../../fixtures/tiny-model.ts';

onBackend('cpu');

let hub: HubServer;
let folder = '';
beforeAll(async () => {
  hub = await HubServer.start();
  const model = await tinyQwen3();
  hub.models['Qwen/Qwen3-0.6B'] = { revisions: { main: await filesIn(model) } };
  await rm(model, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'hub-model-'));
  await mkdir(join(folder, 'configs'));
  await writeFile(join(folder, 'configs', 'prompts.jsonl'), '{"id": "1", "text": "why?"}\n');
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

test('a config and --model name a model of the hub, which is fetched for the first of them', async () => {
  const config = { model: 'Qwen/Qwen3-0.6B', prompts: 'prompts.jsonl', out: 'answers.jsonl', maxTokens: 6 };
  await writeFile(join(folder, 'configs', 'generate.json'), JSON.stringify(config));
  const run = (...flags: string[]) =>
    startCommand(folder, ['generate', ...flags], { HF_ENDPOINT: hub.address }).ended;
  const first = await run('--config', 'configs/generate.json');
  expect([first.code, first.err]).toEqual([0, expect.stringContaining('fetch Qwen/Qwen3-0.6B')]);
  const fetched = hub.downloads.length;
  const flags = ['--prompts', 'configs/prompts.jsonl', '--out', 'again.jsonl', '--max-tokens', '6'];
  expect((await run('--model', 'Qwen/Qwen3-0.6B', ...flags)).code).toBe(0);
  expect(hub.downloads).toHaveLength(fetched);
  const answers = await readFile(join(folder, 'configs', 'answers.jsonl'), 'utf8');
  expect(JSON.parse(answers)).toMatchObject({ id: '1', text: expect.stringMatching(/.../) });
  const again = await readFile(join(folder, 'again.jsonl'), 'utf8');
  expect(JSON.parse(again).text).toBe(JSON.parse(answers).text);
});

test('a model that is neither here nor there is refused, and leaves no file behind', async () => {
  const flags = ['--prompts', 'configs/prompts.jsonl', '--out', 'none.jsonl'];
  const { code, err } = await startCommand(folder, ['generate', '--model', 'Qwen/none', ...flags], {
    HF_ENDPOINT: hub.address,
  }).ended;
  expect([code, err]).toEqual([
    expect.any(Number),
    expect.stringContaining('error: Cannot open Qwen/none: there is no such file or folder here.'),
  ]);
  expect(code).toBeGreaterThan(0);
});
