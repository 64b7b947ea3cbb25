import type { Evidence } from '../schema.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import type { Imitation, ImitationRow } from './imitation-rows.ts';
import { seriesLooks } from './palette.ts';
import { axisNumber, errorBars, fittedRange, placeInRow, withInterval } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** Names of the series, those that other figures use too, from the lowest on a line to the highest. */
const SERIES: readonly (readonly [Imitation, string])[] = [
  ['none', 'Base model'],
  ['broad', 'Broad imitation'],
  ['local', 'Local imitation'],
  ['teacher', 'Teacher'],
];

/** Distance between series and the middle of their line, in lines, so that no interval hides another. */
const OFFSET = 0.22;
const GAP = 0.05;
const LINE_HEIGHT = 44;
const HOLLOW =
  'Hollow: printed in the paper, without n and interval. Filled: measured live, with the 95 % interval.';

/**
 * Draws Tables 1 and 7 as charts: one panel a measure, one line a model, what it imitates by colour and symbol, and
 * bars for the 95 % intervals. Printed values are hollow and have no interval. Printed values have no filling, and no
 * interval.
 */
export function imitationFigure(name: string, title: string, rows: readonly ImitationRow[]): FigureView {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const lines = [...new Set(rows.map(lineOf))];
  const drawn = measures.flatMap((measure, panel) =>
    SERIES.flatMap(([imitation, series]) =>
      // Live ones first: the legend shows the first trace of a name.
      (['live', 'reported'] as const).flatMap(evidence => {
        const own = rows.filter(row => row.measure === measure && row.imitation === imitation);
        const points = own.filter(row => row.evidence === evidence);
        return points.length === 0 ? [] : [trace(points, { series, evidence, lines, panel })];
      }),
    ),
  );
  const axes = measures.map((measure, panel) => [
    `xaxis${axisNumber(panel)}`,
    {
      domain: placeInRow(panel, measures.length, GAP),
      title: { text: `${measure}, %`, standoff: 6, font: { size: 12 } },
      range: fittedRange(rows.filter(row => row.measure === measure)),
      zeroline: false,
    },
  ]);
  return figureView(name, [...rows], {
    data: drawn.map((trace, index) => ({
      ...trace,
      showlegend: drawn.findIndex(other => other.name === trace.name) === index,
    })),
    layout: {
      ...frame({
        name,
        title,
        caption: sentences(HOLLOW, countsText(rows.map(({ n, seeds }) => ({ n, seeds })))),
        plot: LINE_HEIGHT * lines.length,
        left: 170,
        bottom: 50,
        legend: [...new Set(drawn.map(({ name }) => name))],
      }),
      ...Object.fromEntries(axes),
      yaxis: {
        tickvals: lines.map((_, index) => -index),
        ticktext: lines,
        range: [-lines.length + 0.4, 0.6],
        zeroline: false,
        automargin: true,
      },
    },
  });
}

function lineOf({ model, evidence }: ImitationRow): string {
  return `${model} (${evidence})`;
}

/** Position and look of a trace. */
interface Place {
  series: string;
  evidence: Evidence;
  lines: readonly string[];
  panel: number;
}

function trace(rows: readonly ImitationRow[], { series, evidence, lines, panel }: Place) {
  const { colour, symbol } = seriesLooks([series])(series);
  const points = rows.flatMap(row => (row.value === null ? [] : [{ ...row, value: row.value }]));
  const place = SERIES.findIndex(([, name]) => name === series);
  const offset = series === 'Teacher' ? 0 : OFFSET * (1 - place);
  return {
    type: 'scatter',
    mode: 'markers',
    name: series,
    legendgroup: series,
    xaxis: `x${axisNumber(panel)}`,
    yaxis: 'y',
    x: points.map(({ value }) => value),
    y: points.map(row => offset - lines.indexOf(lineOf(row))),
    error_x: errorBars(points, { color: colour, thickness: 1.5, width: 3 }),
    marker: {
      color: colour,
      size: 10,
      symbol: evidence === 'reported' ? `${symbol}-open` : symbol,
      line: { color: colour, width: evidence === 'reported' ? 2 : 0 },
    },
    cliponaxis: false,
    text: points.map(words),
    hovertemplate: '%{text}<extra></extra>',
  };
}

function words({ model, data, value, low, high }: ImitationRow): string {
  const shown = value === null ? '–' : withInterval({ value, low, high });
  return `${model}${data === null ? '' : `, ${data}`}: ${shown}`;
}
