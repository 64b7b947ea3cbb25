import type { PaperTable2 } from '../data/paper.ts';
import type { Evidence } from '../schema.ts';
import { escapeHtml, type StyleSummary } from '../text/index.ts';
import { type Figure, figure, type Row, type Table, table } from './figure.ts';
import { COLOURS, SECOND_PUBLIC } from './palette.ts';

/** A measure of Table 2: its name in rows, its words in the paper, and how its values print. */
interface Measure {
  name: string;
  label: string;
  short: string;
  unit: 'share' | 'percent' | 'correlation';
}

const MEASURES: readonly Measure[] = [
  {
    name: 'list',
    label: 'If the teacher outputs a list, do we?',
    short: 'Lists',
    unit: 'share',
  },
  {
    name: 'summary',
    label: 'If the teacher outputs a summary paragraph, do we?',
    short: 'Summaries',
    unit: 'share',
  },
  {
    name: 'unigram',
    label: 'Unigram intersection with the teacher’s output',
    short: 'Shared words',
    unit: 'percent',
  },
  {
    name: 'length',
    label: 'Pearson correlation in length with the teacher’s output',
    short: 'Length',
    unit: 'correlation',
  },
  {
    name: 'authoritative',
    label: 'Outputs are in authoritative tone according to GPT-4',
    short: 'Authoritative tone',
    unit: 'share',
  },
];

/** The measures that we compute; the tone needs a judge and is reported only. */
const COMPUTED = ['list', 'summary', 'unigram', 'length'] as const;

/** One cell of Table 2. `low` and `high` bound the 95 % interval; `n` is null where the paper prints none. */
export interface Table2Row extends Row {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
}

/** Table 2 as printed, one row a cell. The paper prints neither n nor intervals: both are null. */
export function reportedTable2(paper: PaperTable2): Table2Row[] {
  return Object.entries(paper.measures).flatMap(([measure, values]) =>
    values.map((value, column) => ({
      records: 'Paper',
      evidence: 'reported' as const,
      teacher: 'ChatGPT',
      model: paper.columns[column] ?? '',
      measure,
      value,
      low: null,
      high: null,
      n: null,
    })),
  );
}

/** Where a computed column of Table 2 comes from. */
export interface Table2Column {
  records: string;
  evidence: Evidence;
  teacher: string;
  model: string;
}

/** One computed column of Table 2, one row a measure. */
export function table2Rows(column: Table2Column, style: StyleSummary): Table2Row[] {
  return COMPUTED.map(measure => ({ ...column, measure, ...style[measure] }));
}

const CAPTION =
  'Style of each model’s answers beside the teacher’s. Brackets: 95 % bootstrap interval; n: prompts behind the value.';

/** One row of each model, in order of appearance. */
function modelsOf(rows: readonly Table2Row[]): Table2Row[] {
  return [...new Map(rows.map(row => [`${row.records}\0${row.model}`, row])).values()];
}

/**
 * Table 2: how alike in style each model's answers are to the teacher's, by kind of evidence.
 *
 * @param rows cells from {@link reportedTable2} and {@link table2Rows}.
 * @param name name of the table's files.
 * @returns a table whose computed cells show value, 95 % interval and n.
 * @see Gudibande et al. 2023, Table 2
 */
export function table2(rows: readonly Table2Row[], name = 'table2'): Table {
  const models = modelsOf(rows);
  const measures = MEASURES.filter(measure => rows.some(row => row.measure === measure.name));
  const cell = (model: Table2Row, measure: Measure) =>
    rows.find(
      row => row.records === model.records && row.model === model.model && row.measure === measure.name,
    );
  const head = measures.map(measure => `<th scope="col">${escapeHtml(measure.label)}</th>`);
  const body = models.map((model, index) => {
    const first = models.findIndex(({ records }) => records === model.records) === index;
    const members = models.filter(({ records }) => records === model.records).length;
    const { records, evidence } = model;
    const group = `<th scope="rowgroup" rowspan="${members}">${escapeHtml(records)}<br><small>${evidence}</small></th>`;
    const cells = measures.map(measure => `<td>${cellHtml(cell(model, measure), measure)}</td>`);
    return `<tr>${first ? group : ''}<th scope="row" style="white-space: nowrap">${escapeHtml(model.model)}</th>${cells.join('')}</tr>`;
  });
  const html = [
    '<table>',
    `<caption>${CAPTION}${rows.some(row => row.evidence === 'reported') ? ' The paper prints neither.' : ''}</caption>`,
    `<thead><tr><th scope="col">Records</th><th scope="col">Model</th>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
  const text = models.map(model => {
    const lines = measures.map(
      measure => `  ${measure.short}: ${cellText(cell(model, measure), measure).join(' ')}`,
    );
    return [`${model.records} (${model.evidence}), ${model.model}`, ...lines].join('\n');
  });
  return table(name, [...rows], html, text.join('\n'));
}

function cellText(row: Table2Row | undefined, measure: Measure): string[] {
  if (row === undefined) return ['reported only'];
  if (row.value === null) return [`no such prompt (n ${row.n ?? 0})`];
  const value = print(row.value, measure);
  if (row.low === null || row.high === null) return row.n === null ? [value] : [value, `n ${row.n}`];
  return [value, `[${print(row.low, measure)}, ${print(row.high, measure)}]`, `n ${row.n}`];
}

function cellHtml(row: Table2Row | undefined, measure: Measure): string {
  const [value = '', ...rest] = cellText(row, measure).map(part =>
    escapeHtml(part.replaceAll(' ', '\u00a0')),
  );
  return rest.length === 0 ? value : `${value}<br><small>${rest.join(' ')}</small>`;
}

function print(value: number, measure: Measure): string {
  if (measure.unit === 'percent') return value.toFixed(1);
  if (measure.unit === 'share') return `${(100 * value).toFixed(0)}\u00a0%`;
  return value.toFixed(2).replace('-', '−');
}

/**
 * Table 2 as a chart: one panel a measure, one line a model, a bar for the 95 % interval.
 *
 * @param rows as for {@link table2}.
 */
export function table2Chart(rows: readonly Table2Row[]): Figure {
  const models = modelsOf(rows);
  const labels = models.map(({ records, model }) => `${records}: ${model}`).reverse();
  const groups = [...new Set(models.map(({ records }) => records))];
  const panels = MEASURES.filter(measure => COMPUTED.some(name => name === measure.name));
  const data = panels.flatMap((measure, panel) =>
    groups.map((records, group) => {
      const cells = rows.filter(
        row => row.records === records && row.measure === measure.name && row.value !== null,
      );
      return trace(cells, measure, panel, colourOf(cells, group), panel === 0);
    }),
  );
  const axes = Object.fromEntries(
    panels.map((measure, panel) => [`xaxis${suffix(panel)}`, axis(measure, panel)]),
  );
  return figure('table2-chart', [...rows], {
    data,
    layout: {
      title: { text: 'Style beside the teacher’s, by model' },
      height: 120 + 26 * labels.length,
      margin: { l: 210, r: 20, t: 90, b: 45 },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: labels, automargin: true },
      ...axes,
      legend: { orientation: 'h', x: 0, y: -0.08, yanchor: 'top' },
      meta: { figure: 'table2-chart' },
    },
  });
}

function trace(cells: Table2Row[], measure: Measure, panel: number, colour: string, inLegend: boolean) {
  const scale = measure.unit === 'share' ? 100 : 1;
  const error = (bound: 'low' | 'high') =>
    cells.map(row => Math.abs(((row[bound] ?? row.value) as number) - Number(row.value)) * scale);
  const first = cells[0];
  return {
    type: 'scatter',
    mode: 'markers',
    name: `${first?.records} (${first?.evidence})`,
    legendgroup: first?.records ?? '',
    showlegend: inLegend,
    xaxis: `x${panel === 0 ? '' : panel + 1}`,
    yaxis: 'y',
    x: cells.map(row => Number(row.value) * scale),
    y: cells.map(row => `${row.records}: ${row.model}`),
    error_x: {
      type: 'data',
      // The paper prints no interval: no bar at all, rather than one of no length.
      visible: cells.some(row => row.low !== null),
      symmetric: false,
      array: error('high'),
      arrayminus: error('low'),
      thickness: 1.5,
      width: 3,
    },
    marker: { color: colour, size: 9, symbol: first?.evidence === 'reported' ? 'diamond-open' : 'circle' },
    text: cells.map(row => cellText(row, measure).join(' ')),
    hovertemplate: '%{y}<br>%{text}<extra></extra>',
  };
}

const GAP = 0.03;

function axis(measure: Measure, panel: number) {
  const width = (1 - GAP * (COMPUTED.length - 1)) / COMPUTED.length;
  const start = panel * (width + GAP);
  const range = { share: [-4, 104], percent: [0, 60], correlation: [-0.35, 1] }[measure.unit];
  return {
    domain: [start, start + width],
    range,
    title: { text: `${measure.short} (${measure.unit === 'correlation' ? 'r' : '%'})`, standoff: 4 },
    side: 'top',
    zeroline: measure.unit === 'correlation',
  };
}

function suffix(panel: number): string {
  return panel === 0 ? '' : String(panel + 1);
}

function colourOf(cells: readonly Table2Row[], group: number): string {
  const evidence = cells[0]?.evidence ?? 'reported';
  return evidence === 'public' && group > 1 ? SECOND_PUBLIC : COLOURS[evidence];
}
