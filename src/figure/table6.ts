import type { CategoryShare } from '../data/categorize.ts';
import type { PaperTable6 } from '../data/paper.ts';
import type { Evidence } from '../schema.ts';
import { htmlTable } from '../text/index.ts';
import { type Row, type Table, table } from './figure.ts';

/** The categories of one set of queries. */
export interface CategorizedSet {
  records: string;
  evidence: Evidence;
  shares: readonly CategoryShare[];
}

/**
 * Table 6: what queries are about, in percent.
 *
 * @param paper the printed shares of 50 queries. They sum to 99, and stand as they are printed.
 * @param sets shares counted here, each with its 95 % Wilson interval.
 * @see Gudibande et al. 2023, Table 6
 */
export function table6(paper: PaperTable6, sets: readonly CategorizedSet[] = []): Table {
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
  const rows = [...printed, ...counted];
  const columns = [...new Set(rows.map(({ records }) => records))];
  const lines = [...new Set(rows.map(({ category }) => category))].map(category => ({
    Category: category,
    ...Object.fromEntries(columns.map(records => [records, cell(rows, category, records)])),
  }));
  const text = lines.map(line => Object.values(line).join(' | '));
  return table('table6', rows, htmlTable(lines), text.join('\n'));
}

type Cell = Row & {
  category: string;
  records: string;
  value: number;
  low: number | null;
  high: number | null;
};

function cell(rows: readonly Cell[], category: string, records: string): string {
  const row = rows.find(one => one.category === category && one.records === records);
  if (row === undefined) return '–';
  if (row.low === null || row.high === null) return `${row.value} %`;
  return `${row.value.toFixed(1)} % [${row.low.toFixed(1)}, ${row.high.toFixed(1)}]`;
}
