import { escapeHtml } from '../text/index.ts';
import type { ImitationRow } from './imitation-rows.ts';
import { tokensText } from './plot-parts.ts';
import { type TableView, tableView } from './views.ts';

/** Line of the table: a model with the data it imitates, and its cells. */
interface Line {
  evidence: string;
  model: string;
  data: string;
  cells: readonly ImitationRow[];
}

/** Tabulates models by the data they imitate; each computed cell shows its interval and n. */
export function imitationTable(name: string, caption: string, rows: readonly ImitationRow[]): TableView {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const printed = new Map(measures.map(measure => [measure, printedDecimals(rows, measure)]));
  const lines = [...new Set(rows.map(keyOf))].map(key => lineOf(rows.filter(row => keyOf(row) === key)));
  const cellsOf = ({ cells }: Line) =>
    measures.map(measure =>
      cellText(
        cells.find(cell => cell.measure === measure),
        printed.get(measure) ?? 0,
      ),
    );
  const head = ['Evidence', 'Model', 'Imitation data', ...measures];
  const body = lines.map((line, index) => {
    const group = groupHtml(lines, index);
    const names = [line.model, line.data].map(text => `<th scope="row">${escapeHtml(text)}</th>`);
    return `<tr>${group}${names.join('')}${cellsOf(line).map(cellHtml).join('')}</tr>`;
  });
  const html = [
    '<table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map(title => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
  const text = lines.map(line =>
    [
      [line.evidence, line.model, line.data].join(', '),
      ...cellsOf(line).map((cell, index) => `  ${measures[index]}: ${cell.join(' ')}`),
    ].join('\n'),
  );
  return tableView(name, [...rows], html, text.join('\n'));
}

function keyOf({ evidence, model, imitation }: ImitationRow): string {
  return JSON.stringify([evidence, model, imitation]);
}

function lineOf(cells: readonly ImitationRow[]): Line {
  const [first] = cells;
  const budgets = new Set(cells.flatMap(({ tokens }) => (tokens === null ? [] : [tokensText(tokens)])));
  const data = first?.data ?? '–';
  return {
    evidence: first?.evidence ?? '',
    model: first?.model ?? '',
    data: budgets.size === 0 ? data : `${data}, ${[...budgets].join(' / ')}`,
    cells,
  };
}

/** Writes the heading of a kind of evidence, which spans its lines. */
function groupHtml(lines: readonly Line[], index: number): string {
  const evidence = lines[index]?.evidence ?? '';
  if (lines[index - 1]?.evidence === evidence) return '';
  const span = lines.filter(line => line.evidence === evidence).length;
  return `<th scope="rowgroup" rowspan="${span}">${escapeHtml(evidence)}</th>`;
}

/** Counts the decimals that the paper prints of a measure: whole numbers in one column, and two decimals in another. */
function printedDecimals(rows: readonly ImitationRow[], measure: string): number {
  const own = rows.flatMap(row => (row.measure === measure && row.n === null ? (row.value ?? []) : []));
  return own.reduce((most, value) => Math.max(most, String(value).split('.')[1]?.length ?? 0), 0);
}

/** @param decimals of a value that the paper prints. */
function cellText(row: ImitationRow | undefined, decimals: number): string[] {
  if (row === undefined || row.value === null) return ['not measured'];
  const { value, low, high, n, seeds } = row;
  const interval = low === null || high === null ? [] : [`[${low.toFixed(1)}, ${high.toFixed(1)}]`];
  const items = n === null ? [] : [`n ${n}${seeds === null ? '' : `, ${count(seeds, 'seed')}`}`];
  return [value.toFixed(n === null ? decimals : 1), ...interval, ...items];
}

function cellHtml([value = '', ...rest]: readonly string[]): string {
  const small = rest.length === 0 ? '' : `<br><small>${escapeHtml(rest.join(' '))}</small>`;
  return `<td>${escapeHtml(value)}${small}</td>`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
