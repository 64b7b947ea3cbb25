import type { Evidence, FigureRow } from '../schema.ts';
import { type SeriesLook, seriesLooks } from './palette.ts';
import { axisNumber, errorBars, placeInRow } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** A value with its interval, n and how many seeds it is the mean of. */
export interface PanelPoint {
  x: number;
  value: number;
  low: number | null;
  high: number | null;
  n: number | null;
  seeds: number | null;
}

/** One line of a panel. Series of one name share a colour and one entry of the legend. */
export interface PanelSeries {
  name: string;
  evidence: Evidence | 'human';
  points: readonly PanelPoint[];
}

/** A value that does not depend on x, drawn across the panel. */
export interface PanelLevel extends Omit<PanelPoint, 'x'> {
  name: string;
  evidence: Evidence;
}

/** One chart of a figure. */
export interface Panel {
  title: string;
  /** Title of the x axis, which is logarithmic. */
  x: string;
  y: string;
  /** Ends of the y axis. */
  range?: [number, number];
  series: readonly PanelSeries[];
  levels?: readonly PanelLevel[];
}

/** Space between panels, as a share of the figure's width and height. */
const GAP = { x: 0.07, y: 0.2 };
const PANEL_HEIGHT = 270;
/** What the title and the legend take, in pixels. */
const AROUND = 170;
/** What a note takes below the title, in pixels. */
const NOTE = 20;

/**
 * A figure of several charts, row by row: values over a logarithmic x axis with bars for the 95 % intervals.
 *
 * @param name name of the figure's files.
 * @param grid rows of panels; rows may differ in length.
 * @param note what a reader must know of all of them, below the title.
 */
export function panels(
  name: string,
  title: string,
  grid: readonly (readonly Panel[])[],
  note?: string,
): FigureView {
  const placed = grid.flatMap((row, y) =>
    row.map((panel, x) => ({
      panel,
      domain: { x: placeInRow(x, row.length, GAP.x), y: fromTop(y, grid.length) },
    })),
  );
  const names = placed
    .flatMap(({ panel }) => [...(panel.levels ?? []), ...panel.series])
    .map(({ name }) => name);
  const look = seriesLooks(names);
  const drawn = placed.flatMap(({ panel }, index) => traces(panel, index, look));
  const data = drawn.map((trace, index) => ({
    ...trace,
    legendgroup: trace.name,
    showlegend: drawn.findIndex(({ name }) => name === trace.name) === index,
  }));
  const noteHeight = note === undefined ? 0 : NOTE;
  const axes = placed.map(({ panel, domain }, index) => axesOf(panel, domain, index));
  return figureView(
    name,
    placed.flatMap(({ panel }) => rowsOf(panel)),
    {
      data,
      layout: {
        title: {
          ...{ text: title, x: 0, xref: 'paper' },
          ...(note !== undefined && { subtitle: { text: note } }),
        },
        height: AROUND + noteHeight + PANEL_HEIGHT * grid.length,
        margin: { l: 60, r: 20, t: 90 + noteHeight, b: 90 },
        ...Object.assign({}, ...axes),
        annotations: placed.map(({ panel, domain }) => heading(panel, domain)),
        legend: { orientation: 'h', x: 0, y: -0.24 / grid.length, yanchor: 'top' },
        meta: { figure: name },
      },
    },
  );
}

type Domain = { x: [number, number]; y: [number, number] };

/** Plotly counts from the bottom. */
function fromTop(index: number, of: number): [number, number] {
  const [start, end] = placeInRow(index, of, of > 1 ? GAP.y : 0);
  return [1 - end, 1 - start];
}

function traces(panel: Panel, index: number, look: (name: string) => SeriesLook) {
  const xs = positions(panel);
  const ends = xs.length === 0 ? [1, 10] : [Math.min(...xs) / SIDE, Math.max(...xs) * SIDE];
  const levels = (panel.levels ?? []).map(level => levelTrace(level, look(level.name), ends, index));
  const middle = (panel.series.length - 1) / 2;
  const apart = apartBy(panel);
  const series = panel.series.map((one, order) =>
    seriesTrace(one, look(one.name), index, apart ** (order - middle)),
  );
  return [...levels, ...series];
}

/** Where the points of a panel stand on its x axis, ascending. */
function positions(panel: Panel): number[] {
  const xs = new Set(panel.series.flatMap(({ points }) => points.map(({ x }) => x)));
  return [...xs].sort((a, b) => a - b);
}

/** How far series stand apart, as a factor, so that no interval hides another: a share of the logarithmic axis. */
function apartBy(panel: Panel): number {
  const bars = panel.series.some(({ points }) => points.some(({ low }) => low !== null));
  const xs = positions(panel);
  return bars ? ((xs.at(-1) ?? 1) / (xs[0] ?? 1)) ** APART : 1;
}

const APART = 0.02;

/** How far a level is drawn beyond the first and last point, as a factor. */
const SIDE = 1.6;

function levelTrace(level: PanelLevel, { colour, dash }: SeriesLook, ends: number[], index: number) {
  return {
    type: 'scatter',
    mode: 'lines',
    name: level.name,
    ...axisNames(index),
    x: ends,
    y: ends.map(() => level.value),
    line: { color: colour, dash, width: 1.5 },
    text: ends.map(() => words(level)),
    hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
  };
}

function seriesTrace(
  { name, points }: PanelSeries,
  { colour, symbol, dash }: SeriesLook,
  index: number,
  shift: number,
) {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    ...axisNames(index),
    x: points.map(({ x }) => x * shift),
    y: points.map(({ value }) => value),
    error_y: errorBars(points, { color: colour, thickness: 1.2, width: 3 }),
    line: { color: colour, dash, width: 1.5 },
    marker: { color: colour, symbol, size: 8 },
    text: points.map(point => `${point.x.toLocaleString('en')}: ${words(point)}`),
    hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
  };
}

function axesOf(panel: Panel, domain: Domain, index: number) {
  const number = axisNumber(index);
  return {
    [`xaxis${number}`]: {
      domain: domain.x,
      anchor: `y${number}`,
      type: 'log',
      title: { text: panel.x, standoff: 6 },
      tickvals: positions(panel),
      ticktext: positions(panel).map(compact),
      tickangle: 0,
      tickfont: { size: 11 },
    },
    [`yaxis${number}`]: {
      domain: domain.y,
      anchor: `x${number}`,
      title: { text: panel.y, standoff: 4 },
      ...(panel.range === undefined ? { rangemode: 'tozero' } : { range: panel.range }),
    },
  };
}

function heading(panel: Panel, { x, y }: Domain) {
  return {
    text: `<b>${panel.title}</b>`,
    xref: 'paper',
    yref: 'paper',
    x: (x[0] + x[1]) / 2,
    xanchor: 'center',
    y: y[1],
    yanchor: 'bottom',
    yshift: 4,
    showarrow: false,
  };
}

function rowsOf(panel: Panel): FigureRow[] {
  const shared = { panel: panel.title, axis: panel.x, measure: panel.y };
  const points = panel.series.flatMap(({ name, evidence, points }) =>
    points.map(point => ({ ...shared, series: name, evidence, ...point })),
  );
  const levels = (panel.levels ?? []).map(({ name, evidence, ...level }) => ({
    ...shared,
    series: name,
    evidence,
    x: null,
    ...level,
  }));
  return [...points, ...levels];
}

function words({ value, low, high, n, seeds }: Omit<PanelPoint, 'x'>): string {
  const interval = low === null || high === null ? '' : ` [${low.toFixed(1)}, ${high.toFixed(1)}]`;
  const items = n === null ? '' : `, n ${n}`;
  return `${value.toFixed(1)}${interval}${items}${seeds === null ? '' : `, ${seeds} seed${seeds === 1 ? '' : 's'}`}`;
}

/** Such as `7B` or `1.5k`. */
function compact(value: number): string {
  const [unit, name] = UNITS.find(([unit]) => value >= unit) ?? [1, ''];
  const count = value / unit;
  return `${count >= 100 ? Math.round(count) : Number(count.toPrecision(2))}${name}`;
}

const UNITS: readonly [unit: number, name: string][] = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

function axisNames(index: number) {
  return { xaxis: `x${axisNumber(index)}`, yaxis: `y${axisNumber(index)}` };
}
