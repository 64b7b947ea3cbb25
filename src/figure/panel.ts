import type { Evidence, FigureRow } from '../schema.ts';
import type { SeriesLook } from './palette.ts';
import { axisNumber, errorBars, textAbove, translucent, withInterval } from './plot-parts.ts';

/** Point of a panel: a value with its interval, n and the number of seeds that it is the mean of. */
export interface PanelPoint {
  x: number;
  value: number;
  low: number | null;
  high: number | null;
  n: number | null;
  seeds: number | null;
}

/** Line of a panel. Series of one name share a colour and one entry of the legend. */
export interface PanelSeries {
  name: string;
  evidence: Evidence | 'human';
  points: readonly PanelPoint[];
}

/** Value that does not depend on x, drawn across the panel. */
export interface PanelLevel extends Omit<PanelPoint, 'x'> {
  name: string;
  evidence: Evidence;
  /** True of a level that nobody measured, such as that of one who guesses: it is no row of the figure. */
  fixed?: true;
}

/** Chart of a figure: values over a logarithmic x axis, with bars for the 95 % intervals. */
export interface Panel {
  title: string;
  /** Title of the x axis. */
  x: string;
  y: string;
  /** Panels of a figure with one scale have the same y axis; default one of its own. */
  scale?: string;
  series: readonly PanelSeries[];
  levels?: readonly PanelLevel[];
}

/** Extent of a panel within the figure, 0 … 1. */
export interface PanelDomain {
  x: [start: number, end: number];
  y: [start: number, end: number];
}

/** Distance between series, as a share of the logarithmic axis. */
const APART = 0.02;

/** Opacity of a level's band. */
const BAND = 0.18;

/** Factor by which a level extends beyond the first and last point. */
const SIDE = 1.6;

/** Draws the lines of a panel, its levels first. @param index of the panel in its figure. */
export function panelTraces(panel: Panel, index: number, look: (name: string) => SeriesLook) {
  const xs = positions(panel);
  const ends = xs.length === 0 ? [1, 10] : [Math.min(...xs) / SIDE, Math.max(...xs) * SIDE];
  const levels = (panel.levels ?? []).flatMap(level => [
    ...levelBand(level, look(level.name), ends, index),
    levelTrace(level, look(level.name), ends, index),
  ]);
  const middle = (panel.series.length - 1) / 2;
  const apart = apartBy(panel);
  const series = panel.series.map((one, order) =>
    seriesTrace(one, look(one.name), index, apart ** (order - middle)),
  );
  return [...levels, ...series];
}

/** Lists the x values of a panel's points, ascending. */
function positions(panel: Panel): number[] {
  const xs = new Set(panel.series.flatMap(({ points }) => points.map(({ x }) => x)));
  return [...xs].sort((a, b) => a - b);
}

/** Computes the distance between series, as a factor of x, so that no interval hides another. */
function apartBy(panel: Panel): number {
  const bars = panel.series.some(({ points }) => points.some(({ low }) => low !== null));
  const xs = positions(panel);
  return bars ? ((xs.at(-1) ?? 1) / (xs[0] ?? 1)) ** APART : 1;
}

/** Draws the interval of a level as a band; nothing where it has none. */
function levelBand(
  { name, low, high }: PanelLevel,
  { colour }: SeriesLook,
  [from = 1, to = 1]: number[],
  index: number,
) {
  if (low === null || high === null) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      name,
      ...axisNames(index),
      x: [from, to, to, from],
      y: [low, low, high, high],
      fill: 'toself',
      fillcolor: translucent(colour, BAND),
      line: { width: 0 },
      hoverinfo: 'skip',
    },
  ];
}

function levelTrace(level: PanelLevel, { colour, dash }: SeriesLook, ends: number[], index: number) {
  return {
    type: 'scatter',
    mode: 'lines',
    name: level.name,
    ...axisNames(index),
    x: ends,
    y: ends.map(() => level.value),
    line: { color: colour, dash, width: 1.5 },
    text: ends.map(() => withInterval(level)),
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
    text: points.map(
      point => `${point.x.toLocaleString('en', { maximumSignificantDigits: 3 })}: ${withInterval(point)}`,
    ),
    hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
  };
}

/** Least distance of two labels of the x axis, as a share of the figure's width. */
const LABELS_APART = 0.04;

/** Leaves out values whose label would cover that of the next value; the largest is kept. */
function legible(xs: readonly number[], width: number): number[] {
  const span = Math.log((xs.at(-1) ?? 1) / (xs[0] ?? 1)) || 1;
  const kept: number[] = [];
  for (const x of xs.toReversed()) {
    const next = kept[0];
    if (next === undefined || Math.log(next / x) / span >= LABELS_APART / width) kept.unshift(x);
  }
  return kept;
}

/** Lays out the axes of a panel. @param index of the panel in its figure. @param range ends of the y axis. */
export function panelAxes(panel: Panel, domain: PanelDomain, index: number, range: [number, number]) {
  const number = axisNumber(index);
  const ticks = legible(positions(panel), domain.x[1] - domain.x[0]);
  return {
    [`xaxis${number}`]: {
      domain: domain.x,
      anchor: `y${number}`,
      type: 'log',
      title: { text: panel.x, standoff: 6, font: { size: 12 } },
      tickvals: ticks,
      ticktext: ticks.map(compact),
      tickangle: 0,
      tickfont: { size: 11 },
    },
    [`yaxis${number}`]: {
      domain: domain.y,
      anchor: `x${number}`,
      title: { text: panel.y, standoff: 4, font: { size: 12 } },
      range,
      nticks: 6,
      tickfont: { size: 11 },
      zeroline: false,
    },
  };
}

/** Writes the title of a panel above it. */
export function panelHeading(panel: Panel, { x, y }: PanelDomain) {
  return textAbove(`<b>${panel.title}</b>`, (x[0] + x[1]) / 2, y[1], 'center');
}

/** Lists the points and levels of a panel as rows. */
export function panelRows(panel: Panel): FigureRow[] {
  const shared = { panel: panel.title, axis: panel.x, measure: panel.y };
  const points = panel.series.flatMap(({ name, evidence, points }) =>
    points.map(point => ({ ...shared, series: name, evidence, ...point })),
  );
  const measured = (panel.levels ?? []).filter(({ fixed }) => !fixed);
  const levels = measured.map(({ name, evidence, ...level }) => ({
    ...shared,
    series: name,
    evidence,
    x: null,
    ...level,
  }));
  return [...points, ...levels];
}

/** Formats a count, such as `7B` or `1.5k`. */
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
