import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PATIENCE_MS } from '../fixtures/patience.ts';
import { printed } from '../fixtures/printed.ts';
import { ROOT, unusedPort } from './lab-page.ts';

const run = promisify(execFile);
const BOOTSTRAP = join(ROOT, 'scripts', 'bootstrap.mjs');

test('npm start prints the address of a JupyterLab that lists the kernel and the extension', async () => {
  const port = await unusedPort();
  const args = [BOOTSTRAP, 'start', '--no-browser', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => child.once('close', resolve));
  try {
    const url = new URL(await printed(child, /http:\S+/));
    expect(url.port).toBe(String(port));
    const ask = async (path: string) => {
      const response = await fetch(new URL(`${path}${url.search}`, url));
      return response.text();
    };
    expect(JSON.parse(await ask('/api/kernelspecs')).kernelspecs['imitation-lab'].spec.display_name).toBe(
      'TypeScript (Imitation Lab)',
    );
    expect(await ask('/lab')).toContain('@imitation-lab/jupyterlab');
  } finally {
    child.kill('SIGINT');
    await ended;
  }
  await expect(fetch(`http://127.0.0.1:${port}/api`)).rejects.toThrow();
});

test('npm start ends with the shell that started it', async () => {
  const port = await unusedPort();
  const command = `"${process.execPath}" "${BOOTSTRAP}" start --no-browser --port ${port}; true`;
  const shell = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  await printed(shell, /http:\S+/);
  shell.kill('SIGKILL');
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/api`).then(
          () => 'answers',
          () => 'gone',
        ),
      { timeout: PATIENCE_MS },
    )
    .toBe('gone');
});

test('npm start refuses a port that is none', async () => {
  await expect(run(process.execPath, [BOOTSTRAP, 'start', '--port', 'many'])).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('--port must be a number from 1 to 65535, found "many"'),
  });
});
