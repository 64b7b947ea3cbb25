import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cacheFolder } from '../../../src/files/index.ts';
import { runningSignal } from '../../../src/notebook/index.ts';
import { startManifest } from '../../../src/runs/index.ts';

const SIGNAL = Symbol.for('Jupyter.signal');
afterEach(() => {
  Reflect.deleteProperty(globalThis, SIGNAL);
});

test('the cache is where the environment says, else under XDG_CACHE_HOME, else under the home folder', () => {
  expect(cacheFolder({ IMITATION_LAB_CACHE: '/here', XDG_CACHE_HOME: '/xdg' })).toBe('/here');
  expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/imitation-lab');
  expect(cacheFolder({ IMITATION_LAB_CACHE: '', XDG_CACHE_HOME: '' })).toBe(
    join(homedir(), '.cache', 'imitation-lab'),
  );
});

test('the running cell’s signal is the one that the kernel hands out', () => {
  expect(runningSignal()).toBeUndefined();
  const { signal } = new AbortController();
  Reflect.set(globalThis, SIGNAL, () => signal);
  expect(runningSignal()).toBe(signal);
  Reflect.set(globalThis, SIGNAL, () => undefined);
  expect(runningSignal()).toBeUndefined();
});

test('a manifest holds the hashes of the inputs, the commit and the wall time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  const input = join(folder, 'input.txt');
  await writeFile(input, 'abc');
  const outside = await startManifest({ config: { k: 1 }, seed: 7, inputs: [input], folder });
  expect(outside()).toMatchObject({
    config: { k: 1 },
    seed: 7,
    versions: { node: process.versions.node, 'imitation-lab': expect.stringMatching(/^\d+\.\d+\.\d+/) },
    commit: null,
    // FIPS 180-2, appendix B.1
    inputs: { [input]: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  });
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...parameters], {
      cwd: folder,
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'x');
  const head = git('rev-parse', 'HEAD').toString().trim();
  const finish = await startManifest({ config: null, seed: 0, folder });
  await new Promise(resolve => setTimeout(resolve, 30));
  expect(finish().commit).toBe(head);
  expect(finish().seconds).toBeGreaterThan(0.02);
  await writeFile(input, 'changed');
  expect((await startManifest({ config: null, seed: 0, folder }))().commit).toBe(`${head}+`);
});
