import { type CategoryShare, loadPaperData, type PaperTable6 } from '../data/index.ts';
import type { Evidence, FigureRow } from '../schema.ts';
import { htmlTable } from '../text/index.ts';
import { intervalText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import type { PaperFigure } from './paper-figure.ts';
import { errorBars, fittedRange } from './plot-parts.ts';
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
  const lookOf = (name: string) => name.replace(/, n .*/, '');
  const look = seriesLooks(names.map(lookOf));
  const colours = names.map(name => look(lookOf(name)).colour);
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
    hovertemplate: '%{y}: %{x:.3r} %<extra>%{fullData.name}</extra>',
  }));
  return figureView('table6-chart', rows, {
    data,
    layout: {
      ...frame({
        name: 'table6-chart',
        title: 'Table 6: what queries are about',
        caption: sentences(
          groups.map(([name]) => name).join('; '),
          intervalText(rows.map(({ n, low }) => ({ n, low, seeds: null }))),
        ),
        plot: 30 * categories.length,
        left: 120,
        bottom: 50,
        legend: groups.map(([name]) => name),
      }),
      xaxis: {
        title: { text: 'share of the queries, %', font: { size: 12 } },
        range: fittedRange(rows),
        zeroline: false,
      },
      yaxis: {
        type: 'category',
        categoryorder: 'array',
        categoryarray: categories.toReversed(),
        automargin: true,
      },
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
