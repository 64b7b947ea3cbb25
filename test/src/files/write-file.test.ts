import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFileAtomic } from '../../../src/files/index.ts';

test('a file is written in a folder that was not there, and nothing else is left', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'write-')), 'a', 'b');
  await writeFileAtomic(join(folder, 'x.txt'), 'one');
  await writeFileAtomic(join(folder, 'x.txt'), new TextEncoder().encode('two'));
  expect(await readFile(join(folder, 'x.txt'), 'utf8')).toBe('two');
  expect(await readdir(folder)).toEqual(['x.txt']);
});

test('who reads while the file is replaced sees the old content or the new, never a part', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'write-')), 'x.txt');
  const size = 1_000_000;
  await writeFileAtomic(path, 'a'.repeat(size));
  const write = (async () => {
    for (const letter of 'bcdefgh') await writeFileAtomic(path, letter.repeat(size));
  })();
  const sizes = new Set<number>();
  for (let reads = 0; reads < 50; reads++) sizes.add((await readFile(path)).length);
  await write;
  expect([...sizes]).toEqual([size]);
});

test('a failed write leaves no temporary file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-'));
  await writeFileAtomic(join(folder, 'taken', 'x'), '');
  await expect(writeFileAtomic(join(folder, 'taken'), 'text')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(folder)).toEqual(['taken']);
  expect((await stat(join(folder, 'taken'))).isDirectory()).toBe(true);
});
