import { expect, test } from 'vitest';
import { readBytes, readSource } from '../../src/readers/index.ts';
import { runPython } from './run-python.ts';

/** Files of `datasets`, pandas, inspect_ai and lm_eval by their names, in base64. */
const files = await runPython<Record<string, string>>('write-files.py', null);

/** Models of the files whose names begin so. */
const MODELS = { log: ['mockllm/model'], chat: ['gpt-4'], samples: ['samples'] };

const expected = (model: string) => [
  ['Capital of France?', model, 'Paris.'],
  ['2 + 2?', model, '4'],
];

test('the tools write every file that is asked for', () => {
  expect(Object.keys(files).sort()).toEqual([
    ...['chat.arrow', 'chat.jsonl', 'chat.parquet', 'columns.json', 'index.csv', 'index.json'],
    ...['log.eval', 'log.json', 'records.json', 'samples.jsonl', 'split.json'],
    ...['table.arrow', 'table.csv', 'table.json', 'table.jsonl', 'table.parquet'],
  ]);
});

test.each(Object.entries(files))('%s is read as the tool wrote it', async (name, content) => {
  const document = await readBytes(new Uint8Array(Buffer.from(content, 'base64')), name);
  const { report, generations, prompts } = readSource(document, { name });
  expect(report).toMatchObject({ kind: 'answers', prompts: 2, skipped: [] });
  const texts = new Map(prompts.map(({ id, text }) => [id, text]));
  const [model = ''] = report.models;
  const found = generations.map(({ promptId, model: own, text }) => [texts.get(promptId), own, text]);
  expect(found.filter(([, own]) => own === model)).toEqual(expected(model));
  const named = Object.entries(MODELS).find(([start]) => name.startsWith(start));
  expect(report.models).toEqual(named?.[1] ?? ['gpt-4', 'mine']);
  if (report.models.includes('mine'))
    expect(found.filter(([, own]) => own === 'mine')).toEqual([
      ['Capital of France?', 'mine', 'It is “Lyon”.'],
      ['2 + 2?', 'mine', null],
    ]);
});
