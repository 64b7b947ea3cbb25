import { type CategoryShare, loadPaperData, type PaperTable6 } from '../data/index.ts';
import type { Evidence, FigureRow } from '../schema.ts';
import { htmlTable } from '../text/index.ts';
import { coloursOf } from './palette.ts';
import type { PaperFigure } from './paper-figure.ts';
import { errorBars } from './plot-parts.ts';
import { type FigureView, figureView, type TableView, tableView } from './views.ts';

/** The categories of one set of queries. */
export interface CategorizedSet {
  records: string;
  evidence: Evidence;
  shares: readonly CategoryShare[];
}

/** One cell: the share of a category in a set of queries, in percent. */
interface ShareRow extends FigureRow {
  category: string;
  records: string;
  evidence: Evidence;
  value: number;
  low: number | null;
  high: number | null;
  n: number;
}

/**
 * Tabulates the categories of queries as Table 6 does, in percent.
 *
 * @param paper the printed shares of 50 queries. They sum to 99 and are not corrected.
 * @param sets shares counted here, each with its 95 % Wilson interval.
 * @see Gudibande et al. 2023, Table 6
 * @example
 * table6(await loadPaperData('table6'))
 */
export function table6(paper: PaperTable6, sets: readonly CategorizedSet[] = []): TableView {
  const rows = shareRows(paper, sets);
  const columns = [...new Set(rows.map(({ records }) => records))];
  const lines = categoriesOf(rows).map(category => ({
    Category: category,
    ...Object.fromEntries(columns.map(records => [records, cell(rows, category, records)])),
  }));
  const text = lines.map(line => Object.values(line).join(' | '));
  return tableView('table6', rows, htmlTable(lines), text.join('\n'));
}

/**
 * Draws Table 6 as a chart: one line a category; printed shares are hollow, counted ones have the 95 % interval.
 *
 * @example
 * const { manifest } = await openStudy();
 * const shares = categoryShares(imitationData(manifest.scale, 1));
 * table6Figure(await loadPaperData('table6'), [{ records: 'Imitation data', evidence: 'live', shares }])
 */
export function table6Figure(paper: PaperTable6, sets: readonly CategorizedSet[] = []): FigureView {
  const rows = shareRows(paper, sets);
  const categories = categoriesOf(rows);
  const names = [...new Set(rows.map(({ records }) => records))];
  const groups = names.map(name => [name, rows.filter(({ records }) => records === name)] as const);
  const colours = coloursOf(groups.map(([, [first]]) => first?.evidence ?? 'public'));
  const data = groups.map(([name, points], group) => ({
    type: 'scatter',
    mode: 'markers',
    name,
    x: points.map(({ value }) => value),
    y: points.map(({ category }) => category),
    error_x: errorBars(points, { color: colours[group] ?? '', thickness: 1.5, width: 4 }),
    marker: {
      color: colours[group],
      size: 10,
      symbol: points[0]?.evidence === 'reported' ? 'diamond-open' : 'circle',
      line: { color: colours[group], width: 2 },
    },
    hovertemplate: '%{y}: %{x:.1f} %<extra>%{fullData.name}</extra>',
  }));
  return figureView('table6-chart', rows, {
    data,
    layout: {
      title: { text: 'Table 6: what queries are about', x: 0, xref: 'paper' },
      height: 150 + 30 * categories.length,
      margin: { l: 120, r: 20, t: 85, b: 50 },
      xaxis: { title: { text: 'share of the queries, %' }, range: [-1, 40] },
      yaxis: {
        type: 'category',
        categoryorder: 'array',
        categoryarray: categories.toReversed(),
        automargin: true,
      },
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
      meta: { figure: 'table6-chart' },
    },
  });
}

function shareRows(paper: PaperTable6, sets: readonly CategorizedSet[]): ShareRow[] {
  const printed = paper.categories.map(({ category, percent }) => ({
    category,
    records: `Paper (reported), n ${paper.n}`,
    evidence: 'reported' as const,
    value: percent,
    low: null,
    high: null,
    n: paper.n,
  }));
  const counted = sets.flatMap(({ records, evidence, shares }) =>
    shares.map(({ category, value, low, high, n }) => ({
      category,
      records: `${records} (${evidence}), n ${n}`,
      evidence,
      value: 100 * value,
      low: 100 * low,
      high: 100 * high,
      n,
    })),
  );
  return [...printed, ...counted];
}

/** Lists the categories, the printed ones first. */
function categoriesOf(rows: readonly ShareRow[]): string[] {
  return [...new Set(rows.map(({ category }) => category))];
}

function cell(rows: readonly ShareRow[], category: string, records: string): string {
  const row = rows.find(one => one.category === category && one.records === records);
  if (row === undefined) return '–';
  if (row.low === null || row.high === null) return `${row.value} %`;
  return `${row.value.toFixed(1)} % [${row.low.toFixed(1)}, ${row.high.toFixed(1)}]`;
}

/** Table 6 of the paper. */
export const TABLE6: PaperFigure = {
  id: 'table6',
  title: 'Table 6',
  question: 'What do people ask for?',
  notebook: 'table6',
  evidence: ['reported', 'live'],
  hypotheses: [],
  outputs: ['table6', 'table6-chart'],
  draw: async () => {
    const paper = await loadPaperData('table6');
    return [table6(paper), table6Figure(paper)];
  },
};
