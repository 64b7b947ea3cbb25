import type { DotRow } from '../published/index.ts';
import { rangeText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import { axisNumber, digits, errorBars, fittedRange, placeInRow, textAbove } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

const GAP = 0.26;
const LINE_HEIGHT = 34;
/** Distance between series on one line, in lines. */
const APART = 0.24;

/**
 * Draws values in percent as dots on labelled lines, one chart a panel, with bars for the 95 % intervals. A row
 * without a value is left out of the chart but kept among its rows.
 *
 * @param name name of the figure's files.
 * @example
 * // Needs public records.
 * dotFigure('gsm8k', 'GSM8K by size', await publishedGsm8k())
 */
export function dotFigure(name: string, title: string, rows: readonly DotRow[]): FigureView {
  const panels = [...new Set(rows.map(({ panel }) => panel))];
  const look = seriesLooks(rows.map(({ series }) => series));
  const charts = panels.map((panel, index) =>
    chart(
      rows.filter(row => row.panel === panel),
      index,
      look,
    ),
  );
  const data = charts.flatMap(({ traces }) => traces);
  const lines = Math.max(0, ...charts.map(({ labels }) => labels.length));
  const domains = panels.map((_, index) => placeInRow(index, panels.length, GAP));
  return figureView(name, [...rows], {
    data: data.map((trace, index) => ({
      ...trace,
      showlegend: data.findIndex(other => other.name === trace.name) === index,
    })),
    layout: {
      ...frame({
        name,
        title,
        caption: sentences(
          panels.map(panel => `${panel}: n ${itemsOf(rows.filter(row => row.panel === panel))}`).join('; '),
          'Bars: 95\u00a0% intervals over items',
        ),
        plot: LINE_HEIGHT * lines,
        left: 140,
        bottom: 50,
        headings: true,
        legend: [...new Set(rows.map(({ series }) => series))],
      }),
      ...Object.assign(
        {},
        ...charts.map(({ labels }, index) =>
          axes(labels, domains[index], index, fittedRange(rows.filter(row => row.panel === panels[index]))),
        ),
      ),
      annotations: panels.map((panel, index) => textAbove(`<b>${panel}</b>`, domains[index]?.[0], 1, 'left')),
    },
  });
}

/** Formats counts, such as `80`, or `77 to 80` where series differ. */
function itemsOf(rows: readonly DotRow[]): string {
  return rangeText(rows.map(({ n }) => n));
}

function chart(rows: readonly DotRow[], index: number, look: ReturnType<typeof seriesLooks>) {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const names = [...new Set(rows.map(({ series }) => series))];
  const number = axisNumber(index);
  const traces = names.map((name, order) => {
    const points = rows.flatMap(row =>
      row.series === name && row.value !== null ? [{ ...row, value: row.value }] : [],
    );
    const { colour, symbol } = look(name);
    const offset = APART * ((names.length - 1) / 2 - order);
    return {
      type: 'scatter',
      mode: 'markers',
      name,
      legendgroup: name,
      xaxis: `x${number}`,
      yaxis: `y${number}`,
      x: points.map(({ value }) => value),
      y: points.map(({ label }) => offset - labels.indexOf(label)),
      error_x: errorBars(points, { color: colour, thickness: 1.5, width: 3 }),
      marker: { color: colour, symbol, size: 9 },
      text: points.map(({ label, value }) => `${label}: ${digits(value)} %`),
      hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
    };
  });
  return { labels, traces };
}

function axes(
  labels: readonly string[],
  domain: [number, number] | undefined,
  index: number,
  range: [number, number],
) {
  const number = axisNumber(index);
  return {
    [`xaxis${number}`]: {
      domain,
      anchor: `y${number}`,
      range,
      zeroline: false,
      title: { text: '%', standoff: 6, font: { size: 12 } },
    },
    [`yaxis${number}`]: {
      anchor: `x${number}`,
      tickvals: labels.map((_, line) => -line),
      ticktext: labels.map(label => `${label} `),
      range: [-labels.length + 0.4, 0.6],
      zeroline: false,
    },
  };
}
