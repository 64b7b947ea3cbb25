import { expect, test } from 'vitest';
import { diversityChart, publishedRatings, scoresChart } from '../../../src/figure/index.ts';

test('scores stand in percent, whatever their metrics are in, and one without a value is not drawn as 0', () => {
  const metric = (metric: string, value: number | null) => ({ metric, value, low: value, high: value, n: 4 });
  const { rows, data } = scoresChart([
    { model: 'm', benchmark: 'nq', metrics: [metric('exact_match', 0.25)] },
    { model: 'm', benchmark: 'cnn-dm', metrics: [metric('rouge1', 27.1), metric('rouge2', null)] },
  ]);
  expect(rows.map(({ benchmark, metric, value }) => [benchmark, metric, value])).toEqual([
    ['nq', 'exact_match', 25],
    ['cnn-dm', 'rouge1', 27.1],
    ['cnn-dm', 'rouge2', null],
  ]);
  expect(data).toMatchObject([{ name: 'm', x: [25, 27.1], y: ['nq, exact_match', 'cnn-dm, rouge1'] }]);
});

test('sets of queries are drawn by their size, the smallest first', () => {
  const point = (set: string, n: number, value: number) => ({ set, n, value, evidence: 'public' as const });
  const { data, layout } = diversityChart([point('b', 500, 7), point('b', 250, 6), point('a', 250, 16)]);
  expect(data.map(({ name, x, y }) => [name, x, y])).toEqual([
    ['b', [250, 500], [6, 7]],
    ['a', [250], [16]],
  ]);
  expect(layout.xaxis).toMatchObject({ type: 'log', tickvals: [250, 500] });
});

test('published ratings are one line a series, by size', () => {
  const rating = (series: string, size: number, value: number | null) => ({
    ...{ series, size, value },
    ...{ low: 1, high: 2, n: 80 },
  });
  const { rows } = publishedRatings([rating('x', 7e9, 87), rating('x', 13e9, null), rating('y', 7e9, 50)]);
  expect(rows.map(({ series, x, value, evidence }) => [series, x, value, evidence])).toEqual([
    ['x (public)', 7e9, 87, 'public'],
    ['y (public)', 7e9, 50, 'public'],
  ]);
});
