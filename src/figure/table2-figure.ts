import type { Table2Row } from '../published/index.ts';
import type { Evidence } from '../schema.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import { axisNumber, errorBars, fittedRange, placeInRow, scaled } from './plot-parts.ts';
import {
  cellText,
  modelsByRecords,
  TABLE2_MEASURES,
  type Table2Measure,
  type Table2Model,
} from './table2-rows.ts';
import { type FigureView, figureView } from './views.ts';

/** Space between panels, as a share of the figure's width. */
const GAP = 0.045;
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

/** Kinds of models, each with its colour in all figures. */
const KINDS = ['Base model', 'Imitation', 'Teacher, second sample'] as const;
type Kind = (typeof KINDS)[number];

const NOTE =
  'Hollow: where the teacher has no list, or no summary; diamonds: printed in the paper, without n and interval. J is the difference of the two shares, with Newcombe’s interval';

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
  const data = PANELS.flatMap(({ measures }, panel) =>
    KINDS.flatMap(kind =>
      measures.flatMap((name, order) =>
        (['reported', 'public', 'live'] as const).flatMap(evidence => {
          const own = rows.filter(row => row.evidence === evidence && kindOf(row) === kind);
          return own.length === 0 ? [] : [trace(own, kind, measureOf(name), { evidence, panel, order })];
        }),
      ),
    ),
  );
  const axes = Object.fromEntries(
    PANELS.map((panel, index) => [`xaxis${axisNumber(index)}`, axis(panel, index, rows)]),
  );
  return figureView('table2-chart', [...rows], {
    data: data.map((each, index) => ({
      ...each,
      showlegend: data.findIndex(({ name }) => name === each.name) === index,
    })),
    layout: {
      ...frame({
        name: 'table2-chart',
        title: 'Table 2: style beside the teacher’s, by model',
        caption: sentences(countsOf(rows), NOTE),
        plot: LINE_HEIGHT * labels.length,
        left: 210,
        bottom: 12,
        headings: true,
        legend: [...new Set(data.map(({ name }) => name))],
      }),
      yaxis: {
        type: 'category',
        categoryorder: 'array',
        categoryarray: labels,
        range: [-0.6, labels.length - 0.4],
        automargin: true,
      },
      ...axes,
    },
  });
}

/** States n by the sets of records. */
function countsOf(rows: readonly Table2Row[]): string {
  const sets = [...new Set(rows.map(({ records }) => records))];
  return sets
    .flatMap(records => {
      const counts = countsText(
        rows.flatMap(row => (row.records === records ? [{ n: row.n, seeds: row.seeds ?? null }] : [])),
        'prompts a value',
      );
      return counts === '' ? [] : [`${records}: ${counts}`];
    })
    .join('; ');
}

/** Finds the kind of a model by its name in the table. */
function kindOf({ model }: Pick<Table2Model, 'model'>): Kind {
  if (/#\s?2$/.test(model)) return 'Teacher, second sample';
  return /^(?:base\b|llama)/i.test(model) ? 'Base model' : 'Imitation';
}

function measureOf(name: Table2Measure['name']): Table2Measure {
  const found = TABLE2_MEASURES.find(measure => measure.name === name);
  if (found === undefined) throw new RangeError(`Cannot draw ${name}: it is no measure of Table 2`);
  return found;
}

/** Place of a trace: its panel, and its order among the measures of the panel. */
interface TracePlace {
  evidence: Evidence;
  panel: number;
  order: number;
}

/** Draws the points of one kind of models and of evidence in one panel. */
function trace(
  rows: readonly Table2Row[],
  kind: Kind,
  measure: Table2Measure,
  { evidence, panel, order }: TracePlace,
) {
  const scale = measure.unit === 'share' ? 100 : 1;
  const { colour: color } = seriesLooks([kind])(kind);
  const points = rows.flatMap(row => {
    const { value } = row;
    if (row.measure !== measure.name || value === null) return [];
    const { low, high } = scaled(row, scale);
    return [{ row, value: value * scale, low, high }];
  });
  const hollow = order > 0;
  return {
    type: 'scatter',
    mode: 'markers',
    name: kind,
    legendgroup: kind,
    xaxis: `x${axisNumber(panel)}`,
    yaxis: 'y',
    x: points.map(({ value }) => value),
    y: points.map(({ row }) => labelOf(row)),
    error_x: errorBars(points, { color, thickness: 1.5, width: 3 }),
    marker: {
      color,
      size: hollow ? 7 : 9,
      symbol: `${evidence === 'reported' ? 'diamond' : 'circle'}${hollow ? '-open' : ''}`,
      line: { color, width: hollow ? 2 : 0 },
    },
    cliponaxis: false,
    text: points.map(({ row }) => cellText(row, measure, { evidence }).join(' ')),
    hovertemplate: `%{y}<br>${measure.short}: %{text}<extra></extra>`,
  };
}

function axis({ title, measures }: ChartPanel, panel: number, rows: readonly Table2Row[]) {
  const own = rows.filter(({ measure }) => measures.some(name => name === measure));
  const unit = measures[0] === undefined ? undefined : measureOf(measures[0]).unit;
  return {
    domain: placeInRow(panel, PANELS.length, GAP),
    range: fittedRange(own.map(row => scaled(row, unit === 'share' ? 100 : 1))),
    title: { text: title, standoff: 4, font: { size: 12 } },
    side: 'top',
    nticks: 4,
    tickangle: 0,
    tickfont: { size: 11 },
    zeroline: unit === 'difference' || unit === 'correlation',
  };
}

function labelOf({ records, model }: Pick<Table2Model, 'records' | 'model'>): string {
  return `${records}: ${model}`;
}
