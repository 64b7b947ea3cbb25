import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { tinyModel } from '../../fixtures/tiny-model.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const KEY = 'a-key-that-must-not-leak';
const folder = await mkdtemp(join(tmpdir(), 'serve-'));
const tiny = await tinyModel();
afterAll(() => Promise.all([folder, tiny].map(path => rm(path, { recursive: true }))));

interface Served {
  child: ChildProcess;
  /** The lines of standard output, as they come. */
  lines: AsyncIterator<string>;
  err: () => string;
}

function serve(parameters: string[], env: Record<string, string> = {}): Served {
  const options = { cwd: folder, env: { ...process.env, ...env } };
  const child = spawn(process.execPath, [CLI, 'serve', ...parameters], options);
  let err = '';
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), err: () => err };
}

const nextJson = async ({ lines }: Served) => JSON.parse((await lines.next()).value);

test('serves the model of a folder, prints each request, and stops on Ctrl-C', async () => {
  const served = serve([tiny, '--model-name', 'tiny', '--port', '0', '--json'], {
    IMITATION_LAB_API_KEY: KEY,
  });
  const { base, model } = await nextJson(served);
  expect([base, model]).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/), 'tiny']);
  const ask = (authorization: string) =>
    fetch(`${base}/completions`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ prompt: 'hello', max_tokens: 3, temperature: 0 }),
    });
  expect((await ask('Bearer wrong')).status).toBe(401);
  expect(await nextJson(served)).toMatchObject({ path: '/v1/completions', status: 401 });
  expect(await (await ask(`Bearer ${KEY}`)).json()).toMatchObject({ usage: { completion_tokens: 3 } });
  expect(await nextJson(served)).toMatchObject({ status: 200, promptTokens: 6, completionTokens: 3 });
  served.child.kill('SIGINT');
  expect(await once(served.child, 'exit')).toEqual([0, null]);
  expect(served.err()).toContain('Stopping: open requests are answered first');
  expect(served.err()).not.toContain(KEY);
});

test('serves recorded answers, and says so to people', async () => {
  await writeFile(join(folder, 'record.jsonl'), '{"prompt":"Why?","output":"Because."}\n');
  const served = serve(['record.jsonl', '--port', '0']);
  let base: string | undefined;
  while (base === undefined) {
    await once(served.child.stderr ?? expect.fail(), 'data');
    base = /record is served at (\S+) \(Ctrl-C stops it\)/.exec(served.err())?.[1];
  }
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'Why?' }] });
  const answer = await (await fetch(`${base}/chat/completions`, { method: 'POST', body })).json();
  expect(answer).toMatchObject({ model: 'record', choices: [{ message: { content: 'Because.' } }] });
  served.child.kill('SIGTERM');
  expect(await once(served.child, 'exit')).toEqual([0, null]);
  expect(served.err()).toMatch(/T[\d:.]+Z POST \/v1\/chat\/completions 200, \d+ ms\n/);
});

test('says what it cannot serve', async () => {
  const served = serve(['no-such-model']);
  expect(await once(served.child, 'exit')).toEqual([2, null]);
  expect(served.err()).toMatch(
    /^error: <model> must be an existing file or folder, .*got "no-such-model"\n$/,
  );
});
