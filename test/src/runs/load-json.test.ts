import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadJson, number, object, optional, string } from '../../../src/runs/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'json-'));
afterAll(() => rm(folder, { recursive: true }));
const path = join(folder, 'state.json');

interface State {
  step: number;
  note?: string;
}
const STATE = object<State>({ step: number, note: optional(string) }, { open: true });
const load = () => loadJson(path, 'the state of a run', STATE);

test('a file of JSON is loaded as it was written, and none is undefined', async () => {
  expect(await load()).toBeUndefined();
  await writeFile(path, '{"step":3,"later":true}\n');
  expect(await load()).toEqual({ step: 3, later: true });
});

test.each([
  ['', `Cannot read ${path}: it must be the state of a run, got no whole JSON: `],
  ['{"step":3,"no', `Cannot read ${path}: it must be the state of a run, got no whole JSON: `],
  ['7', `Cannot read ${path}: it must be the state of a run, but its content must be an object, got 7`],
  [
    '{}',
    `Cannot read ${path}: it must be the state of a run, but its content.step must be a number, got nothing`,
  ],
  ['{"step":1,"note":2}', 'but its content.note must be a string, got 2'],
])('%j is refused, naming the file and what is wrong', async (text, message) => {
  await writeFile(path, text);
  await expect(load()).rejects.toThrow(message);
});
