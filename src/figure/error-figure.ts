import type { ErrorRate } from '../compare/index.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import { digits, errorBars, fittedRange, scaled } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** Columns of error rates to draw, and their names. */
export interface ErrorFigureOptions {
  /** Column of the x axis; values keep the order of the rates, unless all are numbers. */
  by: string;
  /** Column that separates series; default `answer`. */
  series?: string;
  title: string;
  /** Title of the x axis; default the name of the column. */
  axis?: string;
  /** Name of the figure's files; default `errors-BY`. */
  name?: string;
}

/** Height of the chart, in pixels. */
const HEIGHT = 240;
/** Distance between series at one position of the x axis, so that their intervals do not overlap. */
const SPREAD = 0.2;

/**
 * Draws the share of wrong sentences, in percent, by slice, with 95 % intervals. A slice without a checkable sentence
 * has no point.
 *
 * @example
 * // Given comparison.
 * errorFigure(errorRates(sentenceTable(comparison), ['answer', 'category']), { by: 'category', title: 'Errors' })
 */
export function errorFigure(rates: readonly ErrorRate[], options: ErrorFigureOptions): FigureView {
  const { by, series = 'answer', title, axis = by, name = `errors-${by}` } = options;
  const names = [...new Set(rates.map(rate => String(rate[series] ?? '')))];
  const slices = [...new Set(rates.map(rate => rate[by]))];
  const ordered = slices.every(slice => typeof slice === 'number') ? slices.sort((a, b) => a - b) : slices;
  const places = ordered.map(slice => String(slice ?? 'none'));
  const look = seriesLooks(names);
  const rows: ErrorRate[] = rates.map(rate => ({ ...rate, ...scaled(rate, 100), unit: '%' }));
  const data = names.map((of, index) => {
    const points = rows.flatMap(row => {
      const { value, low, high, n } = row;
      const slice = String(row[by] ?? 'none');
      return String(row[series] ?? '') === of && value !== null ? [{ slice, value, low, high, n }] : [];
    });
    const { colour, symbol } = look(of);
    const aside = SPREAD * (index - (names.length - 1) / 2);
    return {
      type: 'scatter',
      mode: 'markers',
      name: of,
      x: points.map(({ slice }) => places.indexOf(slice) + aside),
      y: points.map(({ value }) => value),
      error_y: errorBars(points, { color: colour, thickness: 1.5, width: 4 }),
      marker: { color: colour, symbol, size: 9 },
      text: points.map(({ slice, value, n }) => `${slice}: ${digits(value)} %, n ${n}`),
      hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
    };
  });
  const numbers = rows.map(({ n }) => ({ n, seeds: null }));
  return figureView(name, rows, {
    data,
    layout: {
      ...frame({
        name,
        title,
        caption: sentences(
          countsText(numbers, 'sentences a point'),
          'Bars: 95\u00a0% intervals over sentences',
        ),
        plot: HEIGHT,
        left: 60,
        bottom: 60,
        legend: names,
      }),
      xaxis: {
        title: { text: axis },
        tickvals: places.map((_, place) => place),
        ticktext: places,
        range: [-0.5, places.length - 0.5],
        zeroline: false,
      },
      yaxis: { title: { text: 'wrong, %' }, range: fittedRange(rows), zeroline: false },
    },
  });
}
