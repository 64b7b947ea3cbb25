import type { ErrorRate } from '../compare/index.ts';
import { seriesLooks } from './palette.ts';
import { errorBars, scaled } from './plot-parts.ts';
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

/** Height of the figure, in pixels. */
const HEIGHT = 360;
/** Distance between series at one position of the x axis, so that their intervals do not overlap. */
const SPREAD = 0.2;

/**
 * Draws the share of wrong sentences, in percent, by slice, with 95 % intervals. A slice without a checkable sentence
 * has no point; each point shows its n.
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
      mode: 'markers+text',
      name: of,
      x: points.map(({ slice }) => places.indexOf(slice) + aside),
      y: points.map(({ value }) => value),
      error_y: errorBars(points, { color: colour, thickness: 1.5, width: 4 }),
      marker: { color: colour, symbol, size: 9 },
      text: points.map(({ n }) => `n ${n}`),
      textposition: 'top right',
      textfont: { size: 10 },
      customdata: points.map(({ slice }) => slice),
      hovertemplate: '%{customdata}: %{y:.1f} %, %{text}<extra>%{fullData.name}</extra>',
    };
  });
  return figureView(name, rows, {
    data,
    layout: {
      title: { text: title, x: 0, xref: 'paper' },
      height: HEIGHT,
      margin: { l: 60, r: 20, t: 80, b: 60 },
      xaxis: {
        title: { text: axis },
        tickvals: places.map((_, place) => place),
        ticktext: places,
        range: [-0.5, places.length - 0.5],
        zeroline: false,
      },
      yaxis: { title: { text: 'wrong, %' }, range: [-4, 104] },
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
      meta: { figure: name },
    },
  });
}
