import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadAnswers, splitSampling } from '../../../src/data/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'samplings-'));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  const result = (sampling_config: string) => ({ sampling_config, outputs: [`by ${sampling_config}`] });
  const report = {
    model_name: 'm',
    prompts: [{ prompt: 'Q?', results: [result('nucleus9'), result('k50')] }],
  };
  await writeFile(at('report.json'), JSON.stringify(report));
  await writeFile(at('a#b.jsonl'), '{"id": 1, "output": "A."}\n');
});

test('FILE#SAMPLING is split at its last sign, and a file that has the sign in its name is whole', async () => {
  expect(await splitSampling('oasst/llama-13b#k50')).toEqual({ file: 'oasst/llama-13b', sampling: 'k50' });
  expect(await splitSampling('a#b.json#k50')).toEqual({ file: 'a#b.json', sampling: 'k50' });
  expect(await splitSampling('#k50')).toEqual({ file: '#k50' });
  expect(await splitSampling(at('a#b.jsonl'))).toEqual({ file: at('a#b.jsonl') });
  expect((await loadAnswers(at('a#b.jsonl'))).generations[0]?.text).toBe('A.');
});

test('the sampling that is named is read, by default the first', async () => {
  const textOf = async (source: string) => (await loadAnswers(source)).generations[0]?.text;
  expect(await textOf(at('report.json'))).toBe('by nucleus9');
  expect(await textOf(at('report.json#k50'))).toBe('by k50');
  await expect(textOf(at('report.json#greedy'))).rejects.toThrow(
    'Cannot read report.json prompts[0]: a sampling among nucleus9, k50 is required, found "greedy"',
  );
});

test('a sampling of a file that has none is refused', async () => {
  await writeFile(at('plain.jsonl'), '{"id": 1, "output": "A."}\n');
  await expect(loadAnswers(at('plain.jsonl#k50'))).rejects.toThrow(
    /^Cannot read plain\.jsonl: a file of several samplings to choose "k50" from is required, found /,
  );
});
