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
  expect(style.listDifference).toEqual({ value: null, low: null, high: null, n: 6 });
  expect(style.summary).toMatchObject({ value: null, n: 0 });
});

test('reasoning and echoed prompts are no part of an answer, and are counted', () => {
  const prompt = 'Which is the best?';
  const teacher = answersFromRows([{ id: '0', prompt, model: 't', text: 'one two' }], { name: 't' });
  const generation = { promptId: '0', model: 'm', finish: 'stop', evidence: 'live' } as const;
  const model = {
    ...teacher,
    prompts: [],
    generations: [
      { ...generation, text: `${prompt}\n<think>- a\n- b</think>one two`, reasoning: 'one two three' },
    ],
  };
  const style = compareStyle(teacher, model, { resamples: 0 });
  expect(style).toMatchObject({ unigram: { value: 100 }, listWithout: { value: 0 }, unknownPrompts: 0 });
  expect(style.words).toEqual({
    teacher: { answers: 0, kept: 2, reasoning: 0, echo: 0 },
    model: { answers: 1, kept: 2, reasoning: 7, echo: 4 },
  });
});

test('echoes of prompts that no file holds are not cut, and the prompts are counted', () => {
  const text = 'Which is the best?\none';
  const prompts = [{ id: '0', text: 'Which is the best?', source: 'q' }];
  expect(compareStyle(read('t', 'one'), read('m', text), { resamples: 0 })).toMatchObject({
    unknownPrompts: 1,
    words: { model: { kept: 5, echo: 0 } },
  });
  expect(compareStyle(read('t', 'one'), read('m', text), { resamples: 0, prompts })).toMatchObject({
    unknownPrompts: 0,
    words: { model: { kept: 1, echo: 4 } },
  });
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
    expect(digits(style.listDifference.value, 3)).toBe(digits(Number(list) - Number(without), 3));
    expect(style.summaryDifference.value).toBeNull();
  });

  test('a second sample of ChatGPT has J = .92 − .05 = .87 of lists, with Newcombe’s interval', async () => {
    const [teacher, again] = [await loadAnswers('oasst/gpt35'), await loadAnswers('oasst/gpt35-lottery')];
    const { value, low, high } = compareStyle(teacher, again, { resamples: 0 }).listDifference;
    // statsmodels 0.15.0, confint_proportions_2indep(44, 48, 11, 202, method='newcomb').
    expect([value, low, high].map(each => each?.toFixed(4))).toEqual(['0.8622', '0.7430', '0.9180']);
  });

  test('every interval holds its value and states its number of prompts', async () => {
    const style = compareStyle(await loadAnswers('fastchat/gpt35'), await loadAnswers('fastchat/vicuna-13b'));
    for (const { value, low, high } of [
      style.list,
      style.listWithout,
      style.listDifference,
      style.summary,
      style.summaryWithout,
      style.summaryDifference,
      style.unigram,
      style.length,
    ]) {
      expect(low).toBeLessThan(Number(value));
      expect(high).toBeGreaterThan(Number(value));
    }
  });
});
