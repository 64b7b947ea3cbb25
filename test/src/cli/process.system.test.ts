import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { PATIENCE_MS } from '../../fixtures/patience.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'process-'));

test('a reader that closes the pipe ends the command quietly', async () => {
  // More than a pipe holds.
  const child = spawn(process.execPath, [CLI, 'study', 'plan', '--json', '--seeds', '200'], { cwd: folder });
  let err = '';
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  expect([...(await once(child, 'exit')), err]).toEqual([0, null, '']);
});

test('progress in a file has no carriage return, and there is none with --quiet', async () => {
  await using server = await openAiServer();
  await writeFile(join(folder, 'one.jsonl'), '{"id":1,"prompt":"Why?"}\n');
  const flags = ['generate', '--model', server.base, '--model-name', 'm', '--prompts', 'one.jsonl'];
  const loud = await startCommand(folder, [...flags, '--out', 'loud.jsonl']).ended;
  expect([loud.code, loud.err]).toEqual([0, expect.stringMatching(/^generate with m: 1 of 1 prompts.*\n/m)]);
  expect(loud.err).not.toContain('\r');
  const quiet = await startCommand(folder, [...flags, '--out', 'quiet.jsonl', '--quiet']).ended;
  expect([quiet.code, quiet.err]).toEqual([0, expect.stringMatching(/^quiet\.jsonl: 1 answered .*\n$/)]);
  const json = await startCommand(folder, [...flags, '--out', 'json.jsonl', '--quiet', '--json']).ended;
  expect(JSON.parse(json.out)).toMatchObject({ out: 'json.jsonl', answered: 1 });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops a run, which ends with 130', async signal => {
  await using server = await openAiServer();
  server.options.handle = () => true;
  await writeFile(join(folder, 'one.jsonl'), '{"id":1,"prompt":"Why?"}\n');
  const { child, ended } = startCommand(folder, [
    ...['generate', '--model', server.base, '--model-name', 'm', '--prompts', 'one.jsonl'],
    ...['--out', `${signal}.jsonl`],
  ]);
  await vi.waitUntil(() => server.asked.length > 0, { timeout: PATIENCE_MS });
  child.kill(signal);
  const { code, err } = await ended;
  expect([code, err]).toEqual([130, expect.stringContaining('stopped with 1 left')]);
});
