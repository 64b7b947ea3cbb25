import { describe, expect, it } from 'vitest';
import { pearson } from '../../../src/stats/index.ts';
import { type PairStyle, pairStyle, summarizeStyle } from '../../../src/text/index.ts';
import { growth } from '../../fixtures/growth.ts';

const none = { value: null, low: null, high: null };

function pair(
  [teacherList, modelList, teacherSummary, modelSummary]: [number, number, number, number],
  [unigram, teacherWords, modelWords]: [number, number, number],
): PairStyle {
  return {
    teacherList: teacherList === 1,
    modelList: modelList === 1,
    teacherSummary: teacherSummary === 1,
    modelSummary: modelSummary === 1,
    unigram,
    teacherWords,
    modelWords,
  };
}

const six = [
  pair([1, 1, 1, 0], [40, 100, 80]),
  pair([1, 0, 0, 0], [20, 200, 50]),
  pair([1, 1, 1, 1], [60, 150, 160]),
  pair([0, 0, 0, 0], [30, 50, 60]),
  pair([0, 1, 0, 1], [10, 20, 90]),
  pair([0, 0, 0, 0], [50, 30, 20]),
];

function estimate(value: number, low: number, high: number, n: number) {
  return {
    value: expect.closeTo(value, 12),
    low: expect.closeTo(low, 12),
    high: expect.closeTo(high, 12),
    n,
  };
}

describe('pairStyle', () => {
  it('measures list, summary, unigram overlap and length', () => {
    expect(pairStyle('Do:\n1. Eat\n2. Sleep\n\nOverall, rest.', 'Eat and sleep.\nIn short: sleep.')).toEqual({
      teacherList: true,
      modelList: false,
      teacherSummary: true,
      modelSummary: true,
      unigram: 100 / 3, // {do, 1, eat, 2, sleep, overall, rest} and {eat, and, sleep, in, short}: 2 · 2 / 12
      teacherWords: 7,
      modelWords: 6,
    });
  });
});

describe('summarizeStyle', () => {
  it('gives each measure over the pairs that meet its condition', () => {
    expect(summarizeStyle(six, { resamples: 0 })).toEqual({
      n: 6,
      list: estimate(2 / 3, 0.20765960080204768, 0.9385080552796037, 3),
      listWithout: estimate(1 / 3, 0.061491944720396215, 0.7923403991979523, 3),
      listDifference: { ...none, n: 6 },
      summary: estimate(1 / 2, 0.09453120573423071, 0.9054687942657693, 2),
      summaryWithout: estimate(1 / 4, 0.045587260809700575, 0.6993581574175981, 4),
      summaryDifference: { ...none, n: 6 },
      unigram: { ...none, value: 35, n: 6 },
      length: { ...none, value: expect.closeTo(0.30555504861076227, 12), n: 6 },
    });
  });

  it('gives the intervals of an independent implementation on the same draws', () => {
    // Wilson's formula, and a port to Python: the generator of `random`, numpy.corrcoef and numpy.quantile.
    const summary = summarizeStyle([...six, ...six, ...six, ...six, ...six]);
    expect(summary).toEqual({
      n: 30,
      list: estimate(2 / 3, 0.41713547738519774, 0.8482367556028527, 15),
      listWithout: estimate(1 / 3, 0.1517632443971473, 0.5828645226148023, 15),
      listDifference: expect.objectContaining({ value: expect.closeTo(1 / 3, 12), n: 30 }),
      summary: estimate(1 / 2, 0.236593090512564, 0.763406909487436, 10),
      summaryWithout: expect.objectContaining({ value: 1 / 4, n: 20 }),
      summaryDifference: expect.objectContaining({ value: 1 / 4, n: 30 }),
      unigram: estimate(35, 29, 41.00833333333329, 30),
      length: estimate(0.30555504861076227, -0.018639886603430897, 0.632964820434276, 30),
    });
  });

  it('leaves out resamples on which a measure is undefined', () => {
    // Of two pairs the lengths correlate where both are drawn.
    const { length } = summarizeStyle([pair([0, 0, 0, 0], [0, 1, 1]), pair([0, 0, 0, 0], [0, 2, 2])]);
    expect(length).toEqual({ value: 1, low: 1, high: 1, n: 2 });
  });

  it('gives shares of all or none an interval with a width', () => {
    const lists = Array.from({ length: 38 }, (_, i) => pair([i % 2, i % 2, 0, 0], [0, 1, 1]));
    // Wilson's bound of 0 of 19: 1.96² / (19 + 1.96²).
    const { list, listWithout } = summarizeStyle(lists);
    expect(list).toEqual(estimate(1, 0.8318207759473837, 1, 19));
    expect(listWithout).toEqual(estimate(0, 0, 0.16817922405261626, 19));
  });

  it('compares lists with and without the teacher’s by Newcombe’s interval, of 10 prompts each at least', () => {
    const lists = (teacher: number, model: number, n: number) =>
      Array.from({ length: n }, () => pair([teacher, model, 0, 0], [0, 1, 1]));
    const enough = [...lists(1, 1, 9), ...lists(1, 0, 1), ...lists(0, 1, 3), ...lists(0, 0, 7)];
    // Newcombe 1998, Table II: 9/10 − 3/10.
    expect(summarizeStyle(enough, { resamples: 0 }).listDifference).toEqual({
      value: expect.closeTo(0.6, 12),
      low: expect.closeTo(0.1705, 4),
      high: expect.closeTo(0.809, 4),
      n: 20,
    });
    expect(summarizeStyle(enough.slice(1)).listDifference).toEqual({ ...none, n: 19 });
    expect(summarizeStyle(enough.slice(0, -1)).listDifference).toEqual({ ...none, n: 19 });
    // A model that always writes lists follows no one.
    expect(summarizeStyle([...lists(1, 1, 10), ...lists(0, 1, 10)]).listDifference.value).toBe(0);
  });

  it('repeats itself for a seed', () => {
    expect(summarizeStyle(six, { seed: 5 })).toEqual(summarizeStyle(six, { seed: 5 }));
    expect(summarizeStyle(six, { seed: 5 }).length).not.toEqual(summarizeStyle(six).length);
  });

  it('has no value where nothing meets the condition or lengths do not vary', () => {
    expect(summarizeStyle([])).toEqual({
      n: 0,
      list: { ...none, n: 0 },
      listWithout: { ...none, n: 0 },
      listDifference: { ...none, n: 0 },
      summary: { ...none, n: 0 },
      summaryWithout: { ...none, n: 0 },
      summaryDifference: { ...none, n: 0 },
      unigram: { ...none, n: 0 },
      length: { ...none, n: 0 },
    });
    const same = [pair([1, 1, 0, 0], [10, 5, 7]), pair([1, 1, 0, 0], [20, 5, 8])];
    const { listWithout, summary, length } = summarizeStyle(same, { resamples: 100 });
    expect([listWithout, summary]).toEqual([
      { ...none, n: 0 },
      { ...none, n: 0 },
    ]);
    expect(length).toEqual({ ...none, n: 2 });
  });

  it('takes time in proportion to the number of pairs, up to 10,000, and agrees with pearson', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      pair(
        [i & 1, (i >> 1) & 1, (i >> 2) & 1, (i >> 3) & 1],
        [i % 101, (i * 7919) % 613, (i * 104_729) % 509],
      ),
    );
    const sizes = { small: many.slice(0, 1000), large: many, factor: 10 };
    const [{ length }, exponent] = growth(pairs => summarizeStyle(pairs), sizes);
    expect(exponent).toBeLessThan(1.6);
    const expected = pearson(
      many.map(style => style.teacherWords),
      many.map(style => style.modelWords),
    );
    expect(length.value).toBeCloseTo(expected ?? Number.NaN, 12);
    expect(length.low).toBeLessThan(length.value ?? Number.NaN);
    expect(length.high).toBeGreaterThan(length.value ?? Number.NaN);
  });
});
