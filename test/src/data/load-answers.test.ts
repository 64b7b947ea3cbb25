import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from 'arquero';
import { expect, test } from 'vitest';
import {
  loadAnswers,
  loadPrompts,
  loadRecordCatalogue,
  loadSource,
  loadText,
} from '../../../src/data/index.ts';
import { modelsOf } from '../../../src/readers/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'load-'));
const file = async (name: string, text: string | Uint8Array) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

test('a file, rows and an arquero table of the same content give the same answers', async () => {
  const rows = [{ prompt: 'Why?', 'gpt-4': 'Because.', vicuna: 'So.' }];
  const path = await file('mine.csv', 'prompt,gpt-4,vicuna\nWhy?,Because.,So.\n');
  const expected = (await loadAnswers(rows)).generations;
  expect(expected.map(({ model, text }) => [model, text])).toEqual([
    ['gpt-4', 'Because.'],
    ['vicuna', 'So.'],
  ]);
  expect((await loadAnswers(path)).generations).toEqual(expected);
  const columns = table({ prompt: ['Why?'], 'gpt-4': ['Because.'], vicuna: ['So.'] });
  expect((await loadAnswers(columns)).generations).toEqual(expected);
});

test('answers that were read before are taken as they are', async () => {
  const answers = await loadAnswers([{ id: 1, text: 'A.' }], { name: 'mine' });
  expect(modelsOf(answers)).toEqual(['mine']);
  expect(await loadAnswers(answers)).toBe(answers);
});

test('rows of id and text are prompts where prompts are wanted', async () => {
  const path = await file(
    'questions.jsonl',
    '{"id": 1, "text": "Why?"}\n{"promptId": 2, "prompt": "How?"}\n',
  );
  expect(await loadPrompts(path)).toEqual([
    { id: '1', text: 'Why?', source: 'questions.jsonl' },
    { id: '2', text: 'How?', source: 'questions.jsonl' },
  ]);
});

test('a broken line in a file is skipped and named; strict refuses it', async () => {
  const path = await file('broken.jsonl', `${'{"id": 1, "text": "a"}\n'.repeat(16)}{"id": 17,`);
  const { generations, report } = await loadAnswers(path);
  expect(generations).toHaveLength(16);
  expect(report?.skipped.map(({ at }) => at)).toEqual(['broken.jsonl:17']);
  await expect(loadAnswers(path, { strict: true })).rejects.toThrow('Cannot read broken.jsonl:17: ');
});

test('a file is read as UTF-8, UTF-16 or Windows-1252, and refused in another encoding instead of read wrongly', async () => {
  const csv = 'prompt,a\nWeiß?,schön\n';
  const answer = async (name: string, bytes: Uint8Array) =>
    (await loadAnswers(await file(name, bytes))).generations[0]?.text;
  expect(await answer('utf8.csv', Buffer.from(`\ufeff${csv}`))).toBe('schön');
  expect(await answer('utf16.csv', Buffer.from(`\ufeff${csv}`, 'utf16le'))).toBe('schön');
  expect(await answer('western.csv', Buffer.from(csv, 'latin1'))).toBe('schön');
  const { report } = await loadAnswers(join(folder, 'western.csv'));
  expect(report?.notes).toEqual(['read as windows-1252, which is guessed']);
  const chinese = Buffer.concat([Buffer.from(csv), Buffer.of(0xc4, 0xe3, 0x8f, 0x90)]);
  await expect(answer('gbk.csv', chinese)).rejects.toThrow(
    'Cannot read gbk.csv: text in UTF-8, UTF-16 or Windows-1252 is required, found other bytes',
  );
  // A text that is read for its lines has no report, so that nothing is guessed.
  await expect(loadText(join(folder, 'western.csv'))).rejects.toThrow('text in UTF-8 or UTF-16 is required');
});

test('files of another kind are refused where answers are wanted, by what they are', async () => {
  const reviews = [{ question_id: 1, answer1_id: 'x', answer2_id: 'y', text: '9 8' }];
  const required = 'Cannot read rows: a file of answers is required, found';
  await expect(loadAnswers(reviews)).rejects.toThrow(`${required} a judge’s reviews, which refer to answers`);
  await expect(loadAnswers([{ prompt: 'Why?' }])).rejects.toThrow(`${required} prompts without answers`);
  await expect(loadAnswers([{ prompt: 'Why?', chosen: 'A.', rejected: 'B.' }])).rejects.toThrow(
    `${required} preferences, a chosen and a rejected answer to each prompt`,
  );
  await expect(loadPrompts([{ question_id: 1, text: 'A.', answer_id: 'x' }])).rejects.toThrow(
    'Cannot read rows: a file of prompts is required, found none, or their ids alone',
  );
});

test('what was understood is printed in a sentence, and an unknown option is refused', async () => {
  const printed: string[] = [];
  const rows = [{ prompt: 'Why?', 'gpt-4': 'Since.', notes: 'x' }, { prompt: ['How?'] }];
  await loadSource(rows, { print: sentence => printed.push(sentence) });
  expect(printed).toEqual([
    'rows: table, 1 prompt, answers of gpt-4; ignored: notes; skipped 1 row: rows[1] (a text under "prompt" is required, found ["How?"]).',
  ]);
  const misspelt: object = { colums: {} };
  await expect(loadAnswers(rows, misspelt)).rejects.toThrow(
    'unknown option "colums"; did you mean "columns"?',
  );
});

test('what is neither file nor record is refused', async () => {
  await expect(loadAnswers('fastchat/gpt5')).rejects.toThrow(
    `Cannot load fastchat/gpt5: a file or the name of a public record is required, found no record of that name and no file ${join(process.cwd(), 'fastchat', 'gpt5')}`,
  );
});

test('the catalogue names every record once, at an address of its own, and sets name records that exist', async () => {
  const { records, sets } = await loadRecordCatalogue();
  expect(records).toHaveLength(1247);
  expect(new Set(records.map(({ name }) => name)).size).toBe(1247);
  expect(new Set(records.map(({ repo, commit, path }) => `${repo}/${commit}/${path}`)).size).toBe(1247);
  for (const { sha256, bytes, licence } of records) {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBeGreaterThan(0);
    expect(licence).not.toBe('');
  }
  const known = new Set(records.map(({ name }) => name));
  const members = Object.values(sets).flat();
  expect(members.filter(member => !member.endsWith('*') && !known.has(member))).toEqual([]);
});
