import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashInputs, isStamped, writeStamp } from '../../scripts/stamp.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stamp-'));
  await mkdir(join(folder, 'sources', 'deep'), { recursive: true });
  await writeFile(join(folder, 'sources', 'deep', 'a.ts'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

test('a step is stamped for its inputs until one of them changes', async () => {
  const stamp = join(folder, 'stamps', 'build');
  const sources = join(folder, 'sources');
  expect(isStamped(stamp, hashInputs([sources]))).toBe(false);
  writeStamp(stamp, hashInputs([sources]));
  expect(isStamped(stamp, hashInputs([sources]))).toBe(true);
  await writeFile(join(sources, 'deep', 'a.ts'), 'two');
  expect(isStamped(stamp, hashInputs([sources]))).toBe(false);
});

test('the hash depends on file names and on further values', async () => {
  const sources = join(folder, 'sources');
  const before = hashInputs([sources], ['v20']);
  expect(hashInputs([sources], ['v22'])).not.toBe(before);
  await writeFile(join(sources, 'b.ts'), '');
  expect(hashInputs([sources], ['v20'])).not.toBe(before);
});
