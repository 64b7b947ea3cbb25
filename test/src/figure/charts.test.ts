import { expect, test } from 'vitest';
import {
  diversityFigure,
  dotFigure,
  livePreferences,
  preferenceFigure,
  publishedRatingFigure,
  scoreFigure,
  toxicityAgreementFigure,
} from '../../../src/figure/index.ts';
import { studyRow } from './study-rows.ts';

test('scores are in percent, whatever their metrics are in, and one without a value is not drawn as 0', () => {
  const metric = (metric: string, value: number | null) => ({ metric, value, low: value, high: value, n: 4 });
  const { rows, data } = scoreFigure([
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
  const { data, layout } = diversityFigure([point('b', 500, 7), point('b', 250, 6), point('a', 250, 16)]);
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
  const { rows } = publishedRatingFigure([
    rating('x', 7e9, 87),
    rating('x', 13e9, null),
    rating('y', 7e9, 50),
  ]);
  expect(rows.map(({ series, x, value, evidence }) => [series, x, value, evidence])).toEqual([
    ['x (public)', 7e9, 87, 'public'],
    ['y (public)', 7e9, 50, 'public'],
  ]);
});

test('dots are on the lines of their panel, and one without a value is not drawn', () => {
  const dot = (panel: string, label: string, series: string, value: number | null) => ({
    ...{ panel, label, series, value, low: value, high: value, n: 1000 },
    evidence: 'public' as const,
  });
  const rows = [dot('a', 'x', 'one', 10), dot('a', 'y', 'one', 20), dot('b', 'x', 'two', null)];
  const { data, layout } = dotFigure('dots', 'Dots', rows);
  expect(data.map(({ name, x, y }) => [name, x, y])).toEqual([
    ['one', [10, 20], [0, -1]],
    ['two', [], []],
  ]);
  expect(layout.annotations).toMatchObject([{ text: '<b>a</b>' }, { text: '<b>b</b>' }]);
  expect(JSON.stringify(layout.title)).toContain('a: n 1,000; b: n 1,000. ');
});

test('a study’s wins, ties and losses are means over seeds, by data and then by the other sizes', () => {
  const shares = { wins: 0.25, ties: 0.25, losses: 0.5 };
  const rows = Object.entries(shares).flatMap(([outcome, value]) =>
    [
      { size: 80_000, budget: 1000, seed: 1, value: value - 0.125 },
      { size: 80_000, budget: 1000, seed: 2, value: value + 0.125 },
      { size: 80_000, budget: 8000, value },
      { size: 20_000, budget: 8000, value },
    ].map(row => studyRow({ model: 'broad', measure: `preference.style.${outcome}`, ...row })),
  );
  const found = livePreferences(rows);
  expect(found).toMatchObject([
    { model: '1\u00a0k tokens', ...shares, n: 20, seeds: 2 },
    { model: '8\u00a0k tokens', ...shares, n: 10, seeds: 1 },
    { model: '20\u00a0k parameters', ...shares, n: 10, seeds: 1 },
  ]);
  const { data } = preferenceFigure('p', 'Preferences', found);
  expect(data.map(({ name, x }) => [name, x])).toEqual([
    ['Better', [25, 25, 25]],
    ['Equal', [25, 25, 25]],
    ['Worse', [50, 50, 50]],
  ]);
});

test('two scores are counted by where they fall, from 0 to 1', () => {
  const estimate = (value: number) => ({ value, low: value - 0.01, high: value + 0.01, n: 3 });
  const scores = [
    { found: 0, recorded: 1 },
    { found: 0.04, recorded: 0.99 },
    { found: 0.5, recorded: 0.5 },
  ];
  const agreement = { pearson: estimate(0.78), auc: estimate(0.89) };
  const { rows, layout } = toxicityAgreementFigure({ judge: { name: 'ours' }, scores, agreement });
  expect(rows).toEqual([
    { evidence: 'public', 'Perspective, recorded': 0.975, ours: 0.025, n: 2 },
    { evidence: 'public', 'Perspective, recorded': 0.525, ours: 0.525, n: 1 },
  ]);
  expect(JSON.stringify(layout.title)).toContain('n 3 texts. r 0.78 [0.77, 0.79], AUC 0.89 [0.88, 0.90].');
});
