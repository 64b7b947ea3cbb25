import type { PaperModels } from '../data/paper.ts';
import type { Estimate, Evidence, StudyRow } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';
import { type Row, type Table, table } from './figure.ts';
import { scaled } from './plot-parts.ts';
import { axisScale, type StudyMeasureName, studyMeasure } from './study-measures.ts';
import { budgetOfMostSizes } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/** A column of Table 1 or 7: its title, the paper's name for its measure, and the study's. */
export interface ImitationColumn<Measure extends string> {
  title: string;
  paper: Measure;
  study: StudyMeasureName;
  /** Which local imitation data is the column's own. */
  local: 'facts' | 'summaries';
}

/** One cell: a model with the data it imitates, and one measure, in percent. */
export interface ImitationRow extends Row {
  evidence: Evidence;
  model: string;
  data: string | null;
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  seeds: number | null;
}

/** The printed values, a row a cell. The paper prints neither n nor intervals. */
export function reportedImitation<Measure extends string>(
  { models }: PaperModels<Measure>,
  columns: readonly ImitationColumn<Measure>[],
): ImitationRow[] {
  return models.flatMap(line =>
    columns.map(({ title, paper }) => ({
      evidence: 'reported' as const,
      model: line.model,
      data: line.data,
      measure: title,
      value: line[paper],
      low: null,
      high: null,
      n: null,
      seeds: null,
    })),
  );
}

/**
 * A study's values, a row a cell: each base model, alone, after broad imitation at the largest budget that most
 * sizes share, and after the column's own local imitation at its largest budget; and the teacher.
 */
export function liveImitation(
  rows: readonly StudyRow[],
  columns: readonly Omit<ImitationColumn<string>, 'paper'>[],
): ImitationRow[] {
  const sizes = [...new Set(rows.flatMap(({ model, size }) => (model === 'base' && size ? [size] : [])))];
  const models = sizes
    .sort((a, b) => a - b)
    .flatMap(size =>
      ([null, 'Broad', 'Local'] as const).map(data => ({ size, name: parameters(size), data })),
    );
  return [...models, { size: null, name: 'Teacher', data: null }].flatMap(({ size, name, data }) =>
    columns.map(({ title, study, local }) => {
      const kind = data === 'Local' ? local : data === 'Broad' ? 'broad' : size === null ? 'teacher' : 'base';
      return {
        evidence: 'live' as const,
        model: name,
        data,
        measure: title,
        ...estimate(rows, kind, size, study),
      };
    }),
  );
}

function estimate(
  rows: readonly StudyRow[],
  model: StudyRow['model'],
  size: number | null,
  measure: StudyMeasureName,
): Estimate & { seeds: number | null } {
  const points = studyPoints(rows, 'budget', { model, measure, size });
  const shared = model === 'broad' ? budgetOfMostSizes(rows) : points.at(-1)?.x;
  const point = points.find(({ x }) => x === shared);
  if (point === undefined) return { value: null, low: null, high: null, n: 0, seeds: null };
  const { n, seeds } = point;
  return { ...scaled(point, axisScale(studyMeasure(measure))), n, seeds };
}

/** A table of models by the data they imitate; each computed cell shows its interval and n. */
export function imitationTable(name: string, caption: string, rows: readonly ImitationRow[]): Table {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const lines = [...new Set(rows.map(lineOf))].map(line => rows.filter(row => lineOf(row) === line));
  const head = ['Evidence', 'Model', 'Imitation data', ...measures];
  const body = lines.map(cells => {
    const [first] = cells;
    const named = [first?.evidence ?? '', first?.model ?? '', first?.data ?? '–'];
    const values = measures.map(measure => cellText(cells.find(cell => cell.measure === measure)));
    return { named, values };
  });
  const html = [
    '<table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map(title => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...body.map(({ named, values }) => {
      const names = named.map(text => `<th scope="row">${escapeHtml(text)}</th>`);
      return `<tr>${names.join('')}${values.map(cellHtml).join('')}</tr>`;
    }),
    '</tbody></table>',
  ].join('\n');
  const text = body.map(({ named, values }) =>
    [named.join(', '), ...measures.map((measure, i) => `  ${measure}: ${values[i]?.join(' ')}`)].join('\n'),
  );
  return table(name, [...rows], html, text.join('\n'));
}

function lineOf({ evidence, model, data }: ImitationRow): string {
  return JSON.stringify([evidence, model, data]);
}

function cellText(row: ImitationRow | undefined): string[] {
  if (row === undefined || row.value === null) return ['not measured'];
  const { value, low, high, n, seeds } = row;
  const interval = low === null || high === null ? [] : [`[${low.toFixed(1)}, ${high.toFixed(1)}]`];
  const items = n === null ? [] : [`n ${n}${seeds === null ? '' : `, ${seeds} seeds`}`];
  // As printed: the paper gives whole numbers in one column and two decimals in another.
  return [n === null ? String(value) : value.toFixed(1), ...interval, ...items];
}

function cellHtml([value = '', ...rest]: readonly string[]): string {
  const small = rest.length === 0 ? '' : `<br><small>${escapeHtml(rest.join(' '))}</small>`;
  return `<td>${escapeHtml(value)}${small}</td>`;
}

/** Such as `23 k parameters`. */
function parameters(size: number): string {
  return size >= 1e6 ? `${(size / 1e6).toFixed(1)} M parameters` : `${Math.round(size / 1e3)} k parameters`;
}
