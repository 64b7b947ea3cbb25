import { STYLE_MEASURES, type Table2Row } from '../published/index.ts';
import { coloursOf } from './palette.ts';
import { axisNumber, errorBars, placeInRow, scaled } from './plot-parts.ts';
import {
  cellText,
  modelsByRecords,
  TABLE2_MEASURES,
  type Table2Measure,
  type Table2Model,
} from './table2-rows.ts';
import { type FigureView, figureView } from './views.ts';

/** Space between panels, as a share of the figure's width. */
const GAP = 0.03;
const LINE_HEIGHT = 26;

/**
 * Draws Table 2 as a chart: one panel a measure, one line a model, a bar for the 95 % interval.
 *
 * @param rows cells from `reportedTable2Rows` and `table2Rows`.
 * @example
 * const { rows } = await openStudy();
 * table2Figure(liveTable2Rows(rows))
 */
export function table2Figure(rows: readonly Table2Row[]): FigureView {
  const sets = modelsByRecords(rows);
  const labels = sets.flat().map(labelOf).reverse();
  const panels = TABLE2_MEASURES.filter(measure => STYLE_MEASURES.some(name => name === measure.name));
  const colours = coloursOf(sets.map(([first]) => first?.evidence ?? 'public'));
  const data = panels.flatMap((measure, panel) =>
    sets.flatMap((models, set) => {
      const [first] = models;
      return first === undefined ? [] : trace(rows, first, colours[set] ?? '', measure, panel);
    }),
  );
  const axes = Object.fromEntries(
    panels.map((measure, panel) => [`xaxis${axisNumber(panel)}`, axis(measure, panel, panels.length)]),
  );
  return figureView('table2-chart', [...rows], {
    data,
    layout: {
      title: { text: 'Style beside the teacher’s, by model' },
      height: 120 + LINE_HEIGHT * labels.length,
      margin: { l: 210, r: 20, t: 90, b: 45 },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: labels, automargin: true },
      ...axes,
      legend: { orientation: 'h', x: 0, y: -0.08, yanchor: 'top' },
      meta: { figure: 'table2-chart' },
    },
  });
}

/** Draws the points of one set of records in one panel. */
function trace(
  rows: readonly Table2Row[],
  { records, evidence }: Table2Model,
  color: string,
  measure: Table2Measure,
  panel: number,
) {
  const scale = measure.unit === 'share' ? 100 : 1;
  const points = rows.flatMap(row => {
    const { value } = row;
    if (row.records !== records || row.measure !== measure.name || value === null) return [];
    const { low, high } = scaled(row, scale);
    return [{ row, value: value * scale, low, high }];
  });
  return {
    type: 'scatter',
    mode: 'markers',
    name: `${records} (${evidence})`,
    legendgroup: records,
    showlegend: panel === 0,
    xaxis: `x${axisNumber(panel)}`,
    yaxis: 'y',
    x: points.map(({ value }) => value),
    y: points.map(({ row }) => labelOf(row)),
    error_x: errorBars(points, { color, thickness: 1.5, width: 3 }),
    marker: {
      color,
      size: 9,
      symbol: evidence === 'reported' ? 'diamond-open' : 'circle',
      line: { color, width: evidence === 'reported' ? 2 : 0 },
    },
    text: points.map(({ row }) => cellText(row, measure).join(' ')),
    hovertemplate: '%{y}<br>%{text}<extra></extra>',
  };
}

function axis(measure: Table2Measure, panel: number, panels: number) {
  return {
    domain: placeInRow(panel, panels, GAP),
    ...(measure.unit === 'share' ? { range: [-4, 104] } : { rangemode: 'tozero' }),
    title: { text: `${measure.short} (${measure.unit === 'correlation' ? 'r' : '%'})`, standoff: 4 },
    side: 'top',
    zeroline: measure.unit === 'correlation',
  };
}

function labelOf({ records, model }: Pick<Table2Model, 'records' | 'model'>): string {
  return `${records}: ${model}`;
}
