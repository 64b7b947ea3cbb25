import type { Evidence, FigureRow } from '../schema.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { type SeriesLook, seriesLooks } from './palette.ts';
import { digits, errorBars, fittedRange, scaled } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** One bar: the mean of a metric on a benchmark, with its interval. */
export interface ScoreRow extends FigureRow {
  model: string;
  benchmark: string;
  metric: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  evidence: Evidence;
}

/** Scores of a model on a benchmark. */
export interface ScoredRun {
  model: string;
  benchmark: string;
  metrics: readonly {
    metric: string;
    value: number | null;
    low: number | null;
    high: number | null;
    n: number;
  }[];
}

/** Metrics that are means of percents; all others are shares. */
const IN_PERCENT = /^rouge/;

/**
 * Draws scores of models on benchmarks in percent, with bars for the 95 % intervals. A metric without a value is left
 * out of the chart but kept among its rows.
 *
 * @example
 * const metrics = [{ metric: 'exact_match', value: 0.4, low: 0.3, high: 0.5, n: 100 }];
 * scoreFigure([{ model: 'student', benchmark: 'natural-questions', metrics }])
 */
export function scoreFigure(runs: readonly ScoredRun[], title = 'Scores'): FigureView {
  const rows = runs.flatMap(({ model, benchmark, metrics }) =>
    metrics.map(({ metric, n, ...estimate }): ScoreRow => {
      const { value, low, high } = scaled(estimate, IN_PERCENT.test(metric) ? 1 : 100);
      return { model, benchmark, metric, value, low, high, n, evidence: 'live' };
    }),
  );
  const models = [...new Set(rows.map(({ model }) => model))];
  const look = seriesLooks(models);
  const names = [...new Set(rows.map(nameOf))].reverse();
  return figureView('scores', rows, {
    data: models.map(model => trace(model, rows, look(model))),
    layout: {
      ...frame({
        name: 'scores',
        title,
        caption: sentences(
          countsText(rows.map(({ n }) => ({ n, seeds: null }))),
          'Bars: 95\u00a0% intervals over items',
        ),
        plot: 30 * names.length,
        left: 210,
        bottom: 50,
        legend: models,
      }),
      xaxis: { title: { text: '%' }, range: fittedRange(rows), zeroline: false },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: names, automargin: true },
    },
  });
}

function trace(model: string, rows: readonly ScoreRow[], { colour: color, symbol }: SeriesLook) {
  const points = rows.flatMap(row =>
    row.model === model && row.value !== null ? [{ ...row, value: row.value }] : [],
  );
  return {
    type: 'scatter',
    mode: 'markers',
    name: model,
    x: points.map(({ value }) => value),
    y: points.map(nameOf),
    error_x: errorBars(points, { color, thickness: 1.5, width: 4 }),
    marker: { color, symbol, size: 9 },
    text: points.map(({ value }) => `${digits(value)} %`),
    hovertemplate: '%{y}: %{text}<extra></extra>',
  };
}

function nameOf({ benchmark, metric }: Pick<ScoreRow, 'benchmark' | 'metric'>): string {
  return `${benchmark}, ${metric}`;
}
