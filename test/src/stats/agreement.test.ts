import { describe, expect, it } from 'vitest';
import { fleissKappa, krippendorffAlpha, type Ratings } from '../../../src/stats/index.ts';

/** Items whose categories were chosen as often as given. */
const chosen = (counts: number[][]): Ratings =>
  counts.map(row => row.flatMap((times, category) => Array(times).fill(category)));

describe('fleissKappa', () => {
  it('is agreement beyond chance', () => {
    // Pairs that agree: 1/3 and 1. By chance: (2/6)² + (1/6)² + (3/6)² = 14/36.
    const { value, n } = fleissKappa([
      ['left', 'left', 'tie'],
      ['right', 'right', 'right'],
    ]);
    expect(value).toBeCloseTo((24 / 36 - 14 / 36) / (1 - 14 / 36), 12);
    expect(n).toBe(2);
  });

  it('equals statsmodels’ on fourteen raters and ten items', () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const { value, low, high } = fleissKappa(chosen(counts), { seed: 5 });
    expect(value).toBeCloseTo(0.20993070442195522, 12);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(high).toBeLessThan(0.5);
  });

  it('is 1 where all agree on more than one category, and null where there is only one, or no item', () => {
    expect(
      fleissKappa([
        ['a', 'a'],
        ['b', 'b'],
      ]).value,
    ).toBe(1);
    expect(
      fleissKappa([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toEqual({ value: null, low: null, high: null, n: 2 });
    expect(fleissKappa([])).toEqual({ value: null, low: null, high: null, n: 0 });
  });

  it('refuses items with unequal numbers of ratings, or fewer than two', () => {
    expect(() => fleissKappa([['a', 'a'], ['a']])).toThrow('found 1 of item 1 and 2 of the first');
    expect(() => fleissKappa([['a', null]])).toThrow('found 1 of item 0 and 2 of the first');
    expect(() => fleissKappa([['a']])).toThrow('at least 2');
  });
});

describe('krippendorffAlpha', () => {
  // Four raters, twelve items, eight ratings missing: the example of Krippendorff 2011, C.
  const _ = null;
  const byRater = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
  ];
  const ratings: Ratings = Array.from({ length: 12 }, (_, item) => byRater.map(row => row[item] ?? null));

  it.each([
    ['nominal', 0.743421052631579],
    ['ordinal', 0.8153875037548814],
    ['interval', 0.8491071428571428],
  ] as const)('on a %s scale equals the package krippendorff’s', (scale, expected) => {
    const { value, low, high, n } = krippendorffAlpha(ratings, { scale, seed: 2 });
    expect(value).toBeCloseTo(expected, 12);
    // The last item has a single rating.
    expect(n).toBe(11);
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
  });

  it('takes an ordinal scale of texts in the order given', () => {
    const names = ['very low', 'low', 'mid', 'high', 'very high'];
    const named = ratings.map(item =>
      item.map(value => (value === null ? null : (names[Number(value) - 1] ?? null))),
    );
    const { value } = krippendorffAlpha(named, { scale: 'ordinal', order: names, resamples: 0 });
    expect(value).toBeCloseTo(0.8153875037548814, 12);
  });

  it('follows from the coincidences of two raters', () => {
    // Ratings ab, aa, bb: of 6 ratings 3 a and 3 b; 2 of 6 coincide unlike, 2·9/5 would by chance.
    const { value } = krippendorffAlpha([
      ['a', 'b'],
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(value).toBeCloseTo(1 - 2 / (18 / 5), 12);
  });

  it('is null where nothing can disagree', () => {
    const none = { value: null, low: null, high: null };
    expect(
      krippendorffAlpha([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toEqual({ ...none, n: 2 });
    expect(
      krippendorffAlpha([
        ['a', null],
        [null, 'b'],
      ]),
    ).toEqual({ ...none, n: 0 });
    expect(krippendorffAlpha([])).toEqual({ ...none, n: 0 });
  });

  it('refuses texts where an order or numbers are required, and ratings beyond the order', () => {
    const texts = [['low', 'high']];
    expect(() => krippendorffAlpha(texts, { scale: 'ordinal' })).toThrow(
      'the order of the texts is required, found "low"',
    );
    expect(() => krippendorffAlpha(texts, { scale: 'interval' })).toThrow('numbers are required');
    expect(() => krippendorffAlpha([[1, 9]], { order: [1, 2] })).toThrow('one of 1, 2 is required, found 9');
    expect(() => krippendorffAlpha([[1, Number.NaN]])).toThrow('finite numbers are required');
  });
});
