import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare, saveComparison } from '../../../src/compare/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-comparison-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = [{ prompt: 'Why?', gpt: 'Because it is.', mine: 'Because.' }];

test.each(['a.compare.jsonl', 'a.compare.json'])('%s is read back as the comparison it holds', async name => {
  const comparison = await compare(rows, { teacher: 'gpt' });
  const path = join(folder, name);
  await saveComparison(path, comparison);
  expect(await compare(path)).toEqual(comparison);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.length === 2).toBe(name.endsWith('.jsonl'));
});

test('a file that holds the same is left as it is', async () => {
  const path = join(folder, 'same.compare.jsonl');
  await saveComparison(path, await compare(rows, { teacher: 'gpt' }));
  const before = await stat(path);
  await saveComparison(path, await compare(rows, { teacher: 'gpt' }));
  expect((await stat(path)).ino).toBe(before.ino);
  await saveComparison(path, await compare(rows, { teacher: 'mine' }));
  expect((await stat(path)).ino).not.toBe(before.ino);
});

test('a name that JupyterLab would not open as a comparison is refused', async () => {
  await expect(saveComparison(join(folder, 'a.jsonl'), await compare(rows))).rejects.toThrow(
    /its name must end in \.compare\.jsonl or \.compare\.json, found .*a\.jsonl/,
  );
});
