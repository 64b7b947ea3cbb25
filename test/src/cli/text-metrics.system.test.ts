import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';

const folder = await mkdtemp(join(tmpdir(), 'text-metrics-'));

/** Runs the built command line. */
const run = (...parameters: string[]) => startCommand(folder, parameters).ended;

const file = (name: string, text: string) => writeFile(join(folder, name), text);

await file('predictions.txt', 'the cat sat\nrunning dogs\n\n');
await file('references.txt', 'the cat sat down\r\nrunning dog\r\nempty\r\n');
const pair = ['--predictions', 'predictions.txt', '--references', 'references.txt'];

describe('imitation-lab rouge', () => {
  test('prints the means of the pairs’ F1 in percent; an empty line is an empty text', async () => {
    // F1 of the words: 6/7, 1/2, 0; of the pairs of words: 4/5, 0, 0.
    const { code, out, err } = await run('rouge', ...pair, '--json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      n: 3,
      rouge1: expect.closeTo((100 * (6 / 7 + 1 / 2)) / 3, 10),
      rouge2: expect.closeTo((100 * (4 / 5)) / 3, 10),
      rougeL: expect.closeTo((100 * (6 / 7 + 1 / 2)) / 3, 10),
    });
  });

  test('stems with --stem, and prints to read', async () => {
    expect((await run('rouge', ...pair, '--stem')).out).toBe(
      'ROUGE-1 61.90 %, ROUGE-2 60.00 %, ROUGE-L 61.90 %: mean F1 over n = 3 pairs\n',
    );
  });

  test('refuses files of different length', async () => {
    await file('short.txt', 'one\ntwo\n');
    expect(await run('rouge', '--predictions', 'predictions.txt', '--references', 'short.txt')).toEqual({
      code: 1,
      out: '',
      err: 'error: Cannot pair predictions.txt with short.txt: as many lines are required in both, found 3 and 2\n',
    });
  });
});

describe('imitation-lab bleu', () => {
  test('prints the mean of the pairs’ sentence scores in percent', async () => {
    const first = 100 * Math.exp(1 - 4 / 3);
    const second = 100 * Math.sqrt((1 / 2) * (1 / 2));
    const { out } = await run('bleu', ...pair, '--json');
    expect(JSON.parse(out)).toEqual({ n: 3, bleu: expect.closeTo((first + second) / 3, 10) });
  });

  test('has no mean of empty files', async () => {
    await file('empty.txt', '');
    const { out } = await run('bleu', '--predictions', 'empty.txt', '--references', 'empty.txt', '--json');
    expect(JSON.parse(out)).toEqual({ n: 0, bleu: null });
  });
});

describe('a language without spaces', () => {
  const chinese = ['--predictions', 'zh.txt', '--references', 'zh-references.txt'];

  test('is counted by the tokenizer that is named, and is reported once to be unseen without one', async () => {
    await file('zh.txt', '春眠不觉晓\n处处闻啼鸟\n');
    await file('zh-references.txt', '春眠不觉醒\n处处闻啼鸟\n');
    const [words, rouge, bleu] = await Promise.all([
      run('rouge', ...chinese, '--json'),
      run('rouge', ...chinese, '--json', '--tokenizer', 'zh'),
      run('bleu', ...chinese, '--json', '--tokenizer', 'char'),
    ]);
    expect(JSON.parse(words.out)).toEqual({ n: 2, rouge1: 0, rouge2: 0, rougeL: 0 });
    expect(words.err).toMatch(/^ROUGE counts words of a–z and 0–9, and sees none in 4 of 4 texts\. .*\n$/);
    expect(rouge.err).toBe('');
    expect(JSON.parse(rouge.out).rouge1).toBeCloseTo((80 + 100) / 2, 10);
    const first = 100 * ((4 / 5) * (3 / 4) * (2 / 3) * (1 / 2)) ** (1 / 4);
    expect(JSON.parse(bleu.out)).toEqual({ n: 2, bleu: expect.closeTo((first + 100) / 2, 10) });
  });
});

describe('imitation-lab data', () => {
  test('diversity prints n and the value in percent, of rows and of lines', async () => {
    await file('queries.jsonl', '{"text": "a b c d"}\n{"text": "a b c d"}\n{"text": "z"}\n');
    await file('queries.txt', 'a b c d\na b c d\n\nz\n');
    const expected = { n: 3, value: expect.closeTo(200 / 3, 10) };
    expect(JSON.parse((await run('data', 'diversity', 'queries.jsonl', '--json')).out)).toEqual(expected);
    expect(JSON.parse((await run('data', 'diversity', 'queries.txt', '--json')).out)).toEqual(expected);
    expect((await run('data', 'diversity', 'queries.jsonl')).out).toBe(
      'BLEU with the most similar other query: 66.67 %, mean over n = 3\n',
    );
  });

  test('leakage says what it dropped and writes the rows that stay as they were', async () => {
    await file(
      'test.jsonl',
      '{"id": 1, "text": "name three red fruits"}\n{"id": 2, "text": "sort a list"}\n',
    );
    await file('training.txt', 'count to ten\nname three red fruits\n');
    const files = ['--test', 'test.jsonl', '--training', 'training.txt', '--out', 'kept.jsonl'];
    const { code, out } = await run('data', 'leakage', ...files, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      n: 2,
      kept: 1,
      dropped: [{ index: 0, nearest: 1, bleu: expect.closeTo(100, 10) }],
    });
    expect(await readFile(join(folder, 'kept.jsonl'), 'utf8')).toBe('{"id":2,"text":"sort a list"}\n');
    expect((await run('data', 'leakage', ...files)).out).toBe(
      '1 of 2 test queries are kept; 1 are too similar to a training query\n  100.0 %  name three red fruits  ←  name three red fruits\n',
    );
  });

  test('names the line of a row without a query, and wrong usage', async () => {
    await file('broken.jsonl', '{"text": "a"}\n{"id": 2}\n');
    expect(await run('data', 'diversity', 'broken.jsonl')).toMatchObject({
      code: 1,
      err: expect.stringContaining('error: Cannot read broken.jsonl:2: a text under text'),
    });
    expect(await run('data', 'diversity', 'queries.txt', '--threads', '0')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--threads must be >= 1, got 0'),
    });
  });
});
