import type { Evidence, FigureRow } from '../schema.ts';
import { coloursOf } from './palette.ts';
import { errorBars, scaled } from './plot-parts.ts';
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
  const colours = coloursOf(models.map(() => 'live'));
  const names = [...new Set(rows.map(nameOf))].reverse();
  return figureView('scores', rows, {
    data: models.map((model, index) => trace(model, rows, colours[index] ?? '')),
    layout: {
      title: { text: title, x: 0, xref: 'paper' },
      height: 130 + 30 * names.length,
      margin: { l: 210, r: 20, t: 60, b: 60 },
      xaxis: { title: { text: '%' }, range: [-2, 102] },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: names, automargin: true },
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
      meta: { figure: 'scores' },
    },
  });
}

function trace(model: string, rows: readonly ScoreRow[], color: string) {
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
    marker: { color, size: 9 },
    text: points.map(({ n }) => `n ${n}`),
    hovertemplate: '%{y}: %{x:.1f} %, %{text}<extra></extra>',
  };
}

function nameOf({ benchmark, metric }: Pick<ScoreRow, 'benchmark' | 'metric'>): string {
  return `${benchmark}, ${metric}`;
}
