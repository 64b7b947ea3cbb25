import type { Table2Row } from '../published/index.ts';
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

/** Panel of the chart: the measures that share its axis; the second is drawn hollow. */
interface ChartPanel {
  title: string;
  measures: readonly Table2Measure['name'][];
}

const PANELS: readonly ChartPanel[] = [
  { title: 'Lists, %', measures: ['list', 'listWithout'] },
  { title: 'J of lists', measures: ['listDifference'] },
  { title: 'Summaries, %', measures: ['summary', 'summaryWithout'] },
  { title: 'J of summaries', measures: ['summaryDifference'] },
  { title: 'Unigrams, %', measures: ['unigram'] },
  { title: 'Length, r', measures: ['length'] },
];

/**
 * Draws Table 2 as a chart: one panel a measure, one line a model, a bar for the 95 % interval. Hollow points are of
 * the prompts where the teacher has no list, or no summary.
 *
 * @param rows cells from `reportedTable2Rows` and `table2Rows`.
 * @example
 * const { rows } = await openStudy();
 * table2Figure(liveTable2Rows(rows))
 */
export function table2Figure(rows: readonly Table2Row[]): FigureView {
  const sets = modelsByRecords(rows);
  const labels = sets.flat().map(labelOf).reverse();
  const colours = coloursOf(sets.map(([first]) => first?.evidence ?? 'public'));
  const data = PANELS.flatMap(({ measures }, panel) =>
    sets.flatMap((models, set) => {
      const [first] = models;
      if (first === undefined) return [];
      const look = { color: colours[set] ?? '', panel };
      return measures.map((name, order) => trace(rows, first, measureOf(name), { ...look, order }));
    }),
  );
  const axes = Object.fromEntries(
    PANELS.map((panel, index) => [`xaxis${axisNumber(index)}`, axis(panel, index)]),
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

function measureOf(name: Table2Measure['name']): Table2Measure {
  const found = TABLE2_MEASURES.find(measure => measure.name === name);
  if (found === undefined) throw new RangeError(`Cannot draw ${name}: it is no measure of Table 2`);
  return found;
}

/** Place of a trace: its panel, and its order among the measures of the panel. */
interface TraceLook {
  color: string;
  panel: number;
  order: number;
}

/** Draws the points of one set of records in one panel. */
function trace(
  rows: readonly Table2Row[],
  { records, evidence }: Table2Model,
  measure: Table2Measure,
  { color, panel, order }: TraceLook,
) {
  const scale = measure.unit === 'share' ? 100 : 1;
  const points = rows.flatMap(row => {
    const { value } = row;
    if (row.records !== records || row.measure !== measure.name || value === null) return [];
    const { low, high } = scaled(row, scale);
    return [{ row, value: value * scale, low, high }];
  });
  const converse = order > 0;
  return {
    type: 'scatter',
    mode: 'markers',
    name: `${records} (${evidence})`,
    legendgroup: records,
    showlegend: panel === 0 && !converse,
    xaxis: `x${axisNumber(panel)}`,
    yaxis: 'y',
    x: points.map(({ value }) => value),
    y: points.map(({ row }) => labelOf(row)),
    error_x: errorBars(points, { color, thickness: 1.5, width: 3 }),
    marker: {
      color,
      size: converse ? 7 : 9,
      symbol: `${evidence === 'reported' ? 'diamond' : 'circle'}${converse || evidence === 'reported' ? '-open' : ''}`,
      line: { color, width: evidence === 'reported' || converse ? 2 : 0 },
    },
    text: points.map(({ row }) => cellText(row, measure, { evidence }).join(' ')),
    hovertemplate: `%{y}<br>${measure.short}: %{text}<extra></extra>`,
  };
}

function axis({ title, measures }: ChartPanel, panel: number) {
  const [first] = measures;
  const unit = first === undefined ? undefined : measureOf(first).unit;
  return {
    domain: placeInRow(panel, PANELS.length, GAP),
    ...(unit === 'share' ? { range: [-4, 104] } : { rangemode: 'tozero' }),
    title: { text: title, standoff: 4 },
    side: 'top',
    zeroline: unit !== 'share' && unit !== 'percent',
  };
}

function labelOf({ records, model }: Pick<Table2Model, 'records' | 'model'>): string {
  return `${records}: ${model}`;
}
