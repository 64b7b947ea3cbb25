import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson, contentHash, hashOf } from '../../../src/files/index.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const folder = await mkdtemp(join(tmpdir(), 'content-hash-'));
const cache = join(folder, 'cache');
/** A clock on which every file is old. */
const later = () => Date.now() + 10_000;

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Replaces every hash in the cache, so that one that is read from there shows. */
async function markCache(): Promise<number> {
  const names = await readdir(cache).catch(() => []);
  for (const name of names) {
    const known = JSON.parse(await readFile(join(cache, name), 'utf8'));
    await writeFile(join(cache, name), JSON.stringify({ ...known, hash: 'f'.repeat(64) }));
  }
  return names.length;
}

describe('contentHash()', () => {
  test('is the SHA-256 of the content', async () => {
    expect(await contentHash(await file('a', 'abc'), { cache })).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('keeps no hash of a file that was changed a moment ago, whose next change may have the same time', async () => {
    const path = await file('new', 'one');
    expect(await contentHash(path, { cache })).toBe(sha256('one'));
    expect(await markCache()).toBe(0);
    await writeFile(path, 'two');
    expect(await contentHash(path, { cache })).toBe(sha256('two'));
  });

  test('is read from the cache while the file is as it was, and computed again after any change', async () => {
    const path = await file('old', 'one');
    expect(await contentHash(path, { cache, now: later })).toBe(sha256('one'));
    expect(await markCache()).toBe(1);
    expect(await contentHash(path, { cache })).toBe('f'.repeat(64));

    // The same size, and the old times put back.
    const past = new Date('2020-01-01');
    await writeFile(path, 'two');
    await utimes(path, past, past);
    expect(await contentHash(path, { cache })).toBe(sha256('two'));
    await utimes(await file('other', 'six'), past, past);
    await rename(join(folder, 'other'), path);
    expect(await contentHash(path, { cache })).toBe(sha256('six'));
  });

  test('counts a damaged record as none, and needs no cache that can be written', async () => {
    const path = await file('plain', 'text');
    await writeFile(join(folder, 'no-folder'), '');
    expect(await contentHash(path, { cache: join(folder, 'no-folder'), now: later })).toBe(sha256('text'));
    for (const name of await readdir(cache)) await writeFile(join(cache, name), '{"state":');
    expect(await contentHash(join(folder, 'old'), { cache })).toBe(sha256('six'));
  });

  test('of a file that is not there is the system’s error', async () => {
    await expect(contentHash(join(folder, 'none'), { cache })).rejects.toThrow('ENOENT');
  });
});

test('hashOf() is the same whatever the order of names, and another for another value', () => {
  expect(canonicalJson({ b: [{ d: 1n, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":"1"}]}');
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  expect(hashOf('1')).not.toBe(hashOf(1));
});
