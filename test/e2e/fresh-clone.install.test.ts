import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printed } from '../fixtures/printed.ts';
import { ROOT, unusedPort } from './lab-page.ts';

let clone = '';
beforeAll(async () => {
  clone = join(await mkdtemp(join(tmpdir(), 'clone-')), 'imitation-lab');
  execFileSync('git', ['clone', '--quiet', ROOT, clone]);
});
afterAll(() => rm(join(clone, '..'), { recursive: true, force: true, maxRetries: 5 }));

/** Runs `npm start` in the clone until JupyterLab answers, and returns the steps that it did before. */
async function start(): Promise<string[]> {
  const args = ['start', '--', '--no-browser', '--port', String(await unusedPort())];
  const child = spawn('npm', args, { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = new Promise(resolve => child.once('close', resolve));
  try {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const address = await printed(child, /http:\S+/);
    expect((await fetch(address)).status).toBe(200);
    return [...text.matchAll(/^✓ (.+) \([\d.]+ s\)$/gm)].map(([, step = '']) => step);
  } finally {
    // As Ctrl-C does: the whole group, since npm's shell passes no signal on.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
}

/** Stops a set-up that hangs: it downloads and compiles, which takes minutes on an idle machine. */
const timeout = 900_000;

test('npm start sets up a bare clone, then does only what is missing', { timeout }, async () => {
  const build = ['Build library, kernel and scripts', 'Build JupyterLab extension'];
  expect(await start()).toEqual(
    expect.arrayContaining([
      'Install packages',
      ...build,
      'Create virtual environment',
      'Install Python packages',
    ]),
  );
  expect(await start()).toEqual([]);
  await rm(join(clone, 'dist'), { recursive: true });
  expect(await start()).toEqual(build);
  expect(existsSync(join(clone, 'dist', 'cli.js'))).toBe(true);
});
