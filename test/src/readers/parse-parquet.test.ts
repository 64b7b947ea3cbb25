import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAnswers, loadText } from '../../../src/data/index.ts';
import { parseDialogues, parseParquet, parseQueries } from '../../../src/readers/index.ts';

const FOLDER = join(import.meta.dirname, '../../golden/parquet');
const bytesOf = async (name: string) => new Uint8Array(await readFile(join(FOLDER, name)));

/** The rows that `record-parquet.py` writes. */
const row = (i: number) => ({
  at: `FILE:${i + 1}`,
  value: {
    id: i,
    prompt: `Why is ${i} – not “${i + 1}”?`,
    text: i === 2 ? null : `Since ${i} < ${i + 1}.\n\n1. One\n2. Two`,
    score: [0.5, -1, null, 2][i % 4],
    tags: ['a', 'b'].slice(0, i % 3),
    turns: [
      { role: 'user', content: `Hi ${i}` },
      { role: 'assistant', content: 'Hello' },
    ],
    at: `2023-05-25T12:00:${String(i % 60).padStart(2, '0')}.000Z`,
  },
});

test.each(['none', 'gzip', 'zstd', 'brotli', 'lz4'])(
  'rows that pyarrow wrote, compressed by %s, are read as JSON would have them',
  async name => {
    const rows = await parseParquet(await bytesOf(`${name}.parquet`), 'FILE');
    expect(rows).toEqual([0, 1, 2, 3, 4].map(row));
  },
);

test('rows of several groups, compressed by snappy, come in order', async () => {
  const rows = await parseParquet(await bytesOf('snappy.parquet'), 'FILE');
  expect(rows).toEqual(Array.from({ length: 300 }, (_, i) => row(i)));
});

test('a whole number that no number holds exactly is read as its digits', async () => {
  const rows = await parseParquet(await bytesOf('large-number.parquet'), 'ids.parquet');
  expect(rows).toEqual([{ at: 'ids.parquet:1', value: { id: '9007199254740993', text: 'a' } }]);
});

test('decimals, times, bytes and maps of pyarrow are read as JSON would have them', async () => {
  const rows = await parseParquet(await bytesOf('columns.parquet'), 'x');
  expect(rows.map(({ value }) => value)).toEqual([
    {
      prompt: 'a',
      'gpt-4': 'x',
      mine: 'y',
      decimal: 1.1,
      time: '2024-01-01T00:00:00.000Z',
      number: null,
      large: '1152921504606846976',
      bytes: [255, 0],
      map: { k: 'v' },
    },
    {
      prompt: 'b',
      'gpt-4': null,
      mine: 'z',
      decimal: 2.5,
      time: '2024-01-02T00:00:00.000Z',
      number: 1,
      large: 3,
      bytes: [120],
      map: {},
    },
  ]);
});

test('a file that is cut short or damaged anywhere is refused by its name, or read as it was', async () => {
  const whole = await bytesOf('snappy.parquet');
  const expected = await parseParquet(whole, 'x');
  for (const length of [0, 3, 8, 100, 5000, whole.length - 8, whole.length - 1]) {
    await expect(parseParquet(whole.subarray(0, length), 'cut.parquet')).rejects.toThrow(
      /^Cannot read cut\.parquet: a whole Parquet file is required, found \d+ bytes and a fault: /,
    );
  }
  for (let at = 4; at < whole.length; at += 997) {
    const damaged = whole.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    const outcome = await parseParquet(damaged, 'x').then(
      rows => rows.length,
      error => (error as Error).name,
    );
    expect(['ReadError', expected.length]).toContain(outcome);
  }
});

test('a damaged size, which would be read round in a circle, is refused', async () => {
  const whole = await bytesOf('none.parquet');
  const damaged = (at: number, byte: number) => parseParquet(whole.with(at, byte), 'x.parquet');
  await expect(damaged(9, 0x51)).rejects.toThrow('column "id" has a page of -41 bytes, unpacked 40');
  // How many columns a column of the schema holds: 1 becomes -4.
  await expect(damaged(1272, 7)).rejects.toThrow('Cannot read x.parquet: a whole Parquet file is required');
});

test('no damaged byte does anything else than give rows or a refusal by the file’s name', async () => {
  const whole = await bytesOf('none.parquet');
  const outcomes = new Set<string>();
  for (let at = 4; at < whole.length; at += 7) {
    const rows = parseParquet(whole.with(at, (whole[at] ?? 0) ^ 0xff), 'x');
    outcomes.add(
      await rows.then(
        ({ length }) => `${length} rows`,
        ({ name }: Error) => name,
      ),
    );
  }
  expect([...outcomes].sort()).toEqual(['5 rows', 'ReadError']);
});

test('a time that no calendar has is null', async () => {
  const whole = await bytesOf('snappy.parquet');
  const rows = await parseParquet(whole.with(10678, 131), 'x');
  expect(rows.filter(({ value }) => value.at === null).length).toBeGreaterThan(0);
});

test('whatever reads rows reads Parquet: answers, queries and dialogues', async () => {
  const path = join(FOLDER, 'gzip.parquet');
  const { generations, prompts } = await loadAnswers(path);
  expect(
    generations.map(({ promptId, model, text }) => [promptId, model, text?.slice(0, 11) ?? null]),
  ).toEqual([
    ['0', 'gzip', 'Since 0 < 1'],
    ['1', 'gzip', 'Since 1 < 2'],
    ['2', 'gzip', null],
    ['3', 'gzip', 'Since 3 < 4'],
    ['4', 'gzip', 'Since 4 < 5'],
  ]);
  expect(prompts[1]?.text).toBe('Why is 1 – not “2”?');
  const { text, name } = await loadText(path);
  expect(parseQueries(text, name, 'prompt').map(query => query.text)[4]).toBe('Why is 4 – not “5”?');
  expect(parseDialogues(text, name)[3]).toEqual({ id: '3', turns: row(3).value.turns });
});
