import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from 'arquero';
import { expect, test } from 'vitest';
import { loadAnswers, loadPrompts, loadRecordCatalogue } from '../../../src/data/index.ts';
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

test('a broken line in a file is named', async () => {
  const path = await file('broken.jsonl', `${'{"id": 1, "text": "a"}\n'.repeat(16)}{"id": 17,`);
  await expect(loadAnswers(path)).rejects.toThrow('Cannot read broken.jsonl:17: one JSON object on the line');
});

test('a file is read as UTF-8 or UTF-16, and refused in another encoding instead of read wrongly', async () => {
  const csv = 'prompt,a\nWeiß?,schön\n';
  const answer = async (name: string, bytes: Uint8Array) =>
    (await loadAnswers(await file(name, bytes))).generations[0]?.text;
  expect(await answer('utf8.csv', Buffer.from(`\ufeff${csv}`))).toBe('schön');
  expect(await answer('utf16.csv', Buffer.from(`\ufeff${csv}`, 'utf16le'))).toBe('schön');
  await expect(answer('latin1.csv', Buffer.from(csv, 'latin1'))).rejects.toThrow(
    'Cannot read latin1.csv: text in UTF-8 or UTF-16 is required, found other bytes',
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
