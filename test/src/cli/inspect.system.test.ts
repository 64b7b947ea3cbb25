import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';

const folder = await mkdtemp(join(tmpdir(), 'inspect-'));
const inspect = (...parameters: string[]) => startCommand(folder, ['inspect', ...parameters]).ended;

await writeFile(
  join(folder, 'answers.csv'),
  'id,question,answer,gpt-4,mine,notes\n1,Of Italy?,Rome,It is Rome.,Turin,fine\n2,Of Peru?,Lima,It is Lima.,,\n3,Of Chile?,Santiago,x,y,z,surplus\n',
);
await writeFile(
  join(folder, 'mood.csv'),
  'prompt,mine,mood\na,It is the first of many.,good\nb,Nobody knows for sure yet.,bad\n',
);

test('inspect prints one line of JSON with what is understood of a file', async () => {
  const { code, out } = await inspect('answers.csv', '--json');
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(out)).toEqual({
    format: 'table',
    kind: 'answers',
    rows: 3,
    prompts: 2,
    models: ['gpt-4', 'mine'],
    reference: 'answer',
    ignored: ['notes'],
    skipped: [{ at: 'answers.csv:4', reason: 'a row of 6 cells is required, found 7' }],
    notes: ['1 answer missing'],
  });
});

test('for people it is a sentence, the answers of each model, and the first prompt', async () => {
  const { out } = await inspect('answers.csv');
  expect(out).toContain(
    'answers.csv: table, 2 prompts, answers of gpt-4 and mine; reference: answer; ignored: notes; skipped 1 row: answers.csv:4 (a row of 6 cells is required, found 7); 1 answer missing.',
  );
  expect(out).toContain(
    '  gpt-4: 2 answers, median length in words: 3\n  mine: 1 answer, median length in words: 1',
  );
  expect(out).toContain('[prompt]\nOf Italy?\n\n[gpt-4]\nIt is Rome.');
});

test('an ambiguous column is refused until --columns states it, and a misspelt part is a usage error', async () => {
  const refused = await inspect('mood.csv');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('may be answers of a model (models=mine,mood) or metadata (models=mine)');
  const stated = await inspect('mood.csv', '--columns', 'models=mine', '--json');
  expect(JSON.parse(stated.out)).toMatchObject({ models: ['mine'], ignored: ['mood'] });
  const misspelt = await inspect('mood.csv', '--columns', 'teecher=mine');
  expect(misspelt).toMatchObject({ code: 2 });
  expect(misspelt.err).toContain('--columns: one of prompt, models, teacher, reference');
});

test('--strict refuses a file that holds a strange row', async () => {
  const { code, err } = await inspect('answers.csv', '--strict');
  expect(code).toBe(1);
  expect(err).toBe('error: Cannot read answers.csv:4: a row of 6 cells is required, found 7\n');
});

test('style prints what was understood of both files, and its measures alone on standard output', async () => {
  await writeFile(join(folder, 't.jsonl'), '{"prompt": "a", "output": "One."}\n{"prompt": ["b"]}\n');
  await writeFile(join(folder, 'm.jsonl'), '{"prompt": "a", "output": "Two."}\n');
  const ended = await startCommand(folder, ['style', '--teacher', 't.jsonl', '--model', 'm.jsonl', '--json'])
    .ended;
  expect(JSON.parse(ended.out)).toMatchObject({ teacher: 't', model: 'm', n: 1 });
  expect(ended.err).toContain('t.jsonl: table, 1 prompt, answers of t; skipped 1 row: t.jsonl:2 (');
  expect(ended.err).toContain('m.jsonl: table, 1 prompt, answers of m.');
});

test('style reads a file that holds both models once', async () => {
  const { code, out, err } = await startCommand(folder, [
    'style',
    ...['--teacher', 'answers.csv', '--teacher-name', 'gpt-4'],
    ...['--model', './answers.csv', '--model-name', 'mine', '--json'],
  ]).ended;
  expect([code, JSON.parse(out)]).toEqual([
    0,
    expect.objectContaining({ teacher: 'gpt-4', model: 'mine', n: 1 }),
  ]);
  expect(err.match(/answers\.csv: table/g)).toHaveLength(1);
});
