import { describe, expect, test } from 'vitest';
import { compareStyle } from '../../../src/compare/index.ts';
import { loadAnswers } from '../../../src/data/index.ts';
import { answersFromRows } from '../../../src/readers/index.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const read = (name: string, ...texts: (string | null)[]) =>
  answersFromRows(
    texts.map((text, id) => ({ id, text })),
    { name },
  );
const LIST = '- one\n- two';

test('shares are conditional on the teacher, and each states its number of prompts', () => {
  const teacher = read('t', LIST, LIST, 'no list', 'no list', 'no list', 'no list');
  const model = read('m', LIST, 'none', LIST, 'none', 'none', 'none');
  const style = compareStyle(teacher, model, { seed: 1, resamples: 200 });
  expect(style).toMatchObject({ n: 6, teacher: 't', model: 'm', unmatched: [], duplicates: [] });
  expect(style.list).toMatchObject({ value: 0.5, n: 2 });
  expect(style.listWithout).toMatchObject({ value: 0.25, n: 4 });
  expect(style.summary).toMatchObject({ value: null, n: 0 });
});

test('a failed call and an absent answer are listed and never scored', () => {
  const style = compareStyle(read('t', 'a b', 'a b', 'a b'), read('m', 'a b', null), { resamples: 10 });
  expect(style.n).toBe(1);
  expect(style.unigram).toMatchObject({ value: 100, n: 1 });
  expect(style.unmatched).toEqual([
    { promptId: '1', missing: ['m'], reason: 'the record holds no answer' },
    { promptId: '2', missing: ['m'] },
  ]);
});

test('the same seed gives the same intervals, and two files by one model stay apart', () => {
  const once = () => compareStyle(read('t', LIST, 'a b c', 'a'), read('t', 'x a', LIST, 'a b'), { seed: 5 });
  expect(once()).toEqual(once());
  expect(once()).toMatchObject({ teacher: 't', model: 't (2)' });
});

test('answers without a word that the unigram overlap counts are stated', () => {
  const style = compareStyle(read('t', '你好', 'yes'), read('m', '你好', 'yes'), { resamples: 10 });
  expect(style.unigram.value).toBe(50);
  expect(style.note).toMatch(
    /^The unigram overlap counts words of a–z and 0–9, and sees none in 2 of 4 texts\. /,
  );
  expect(compareStyle(read('t', 'a'), read('m', 'b'), { resamples: 10 })).not.toHaveProperty('note');
});

test('answers of several models, and none, are refused', () => {
  const both = answersFromRows([{ prompt: 'Q?', a: 'A.', b: 'B.' }], { name: 'wide' });
  expect(() => compareStyle(read('t', 'a'), both)).toThrow(
    'Cannot compare wide: answers of one model are required, found those of a, b',
  );
  expect(() => compareStyle(read('t'), read('m', 'a'))).toThrow(
    'Cannot read t: at least one row is required, found none',
  );
});

/** Table 2 on public records, as computed by an independent implementation: list, summary, unigram, length. */
const FASTCHAT = [
  ['fastchat/llama-13b', '.522', '.000', '29.8', '.249'],
  ['fastchat/alpaca-13b', '.087', '.000', '35.4', '.374'],
  ['fastchat/vicuna-7b', '.913', '.421', '43.9', '.492'],
  ['fastchat/vicuna-13b', '.913', '.632', '44.4', '.544'],
] as const;
const OASST = [
  ['oasst/llama-7b', '.0833', '.0396', '.0000', '16.311', '.0837'],
  ['oasst/llama-13b', '.2500', '.0990', '.0000', '16.188', '.2276'],
  ['oasst/alpaca-13b', '.2708', '.0099', '.0000', '36.648', '.5615'],
  ['oasst/vicuna-13b', '.6042', '.2277', '.7500', '38.083', '.5790'],
  ['oasst/gpt35-lottery', '.9167', '.0545', '.5000', '52.534', '.8703'],
] as const;
const digits = (value: number | null, n: number) => value?.toFixed(n).replace(/^0\./, '.');

describe('the reference values come out to the printed digits', WITH_RECORDS, () => {
  test.each(FASTCHAT)('FastChat-80: ChatGPT → %s', async (model, list, summary, unigram, length) => {
    const style = compareStyle(await loadAnswers('fastchat/gpt35'), await loadAnswers(model), {
      resamples: 0,
    });
    expect(style).toMatchObject({ n: 80, unmatched: [], list: { n: 23 }, summary: { n: 19 } });
    expect(digits(style.list.value, 3)).toBe(list);
    expect(digits(style.summary.value, 3)).toBe(summary);
    expect(digits(style.unigram.value, 1)).toBe(unigram);
    expect(digits(style.length.value, 3)).toBe(length);
  });

  test.each(OASST)('OASST-250: ChatGPT → %s', async (model, list, without, summary, unigram, length) => {
    const style = compareStyle(await loadAnswers('oasst/gpt35'), await loadAnswers(model), {
      resamples: 0,
    });
    expect(style).toMatchObject({
      n: 250,
      unmatched: [],
      list: { n: 48 },
      listWithout: { n: 202 },
      summary: { n: 4 },
    });
    expect(digits(style.list.value, 4)).toBe(list);
    expect(digits(style.listWithout.value, 4)).toBe(without);
    expect(digits(style.summary.value, 4)).toBe(summary);
    expect(digits(style.unigram.value, 3)).toBe(unigram);
    expect(digits(style.length.value, 4)).toBe(length);
  });

  test('every interval holds its value and states its number of prompts', async () => {
    const style = compareStyle(await loadAnswers('fastchat/gpt35'), await loadAnswers('fastchat/vicuna-13b'));
    for (const { value, low, high } of [
      style.list,
      style.listWithout,
      style.summary,
      style.unigram,
      style.length,
    ]) {
      expect(low).toBeLessThan(Number(value));
      expect(high).toBeGreaterThan(Number(value));
    }
  });
});
