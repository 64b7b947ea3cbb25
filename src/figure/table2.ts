import { loadPaperData } from '../data/index.ts';
import type { Table2Row } from '../published/index.ts';
import { escapeHtml } from '../text/index.ts';
import type { PaperFigure } from './paper-figure.ts';
import { table2Figure } from './table2-figure.ts';
import {
  cellOf,
  cellText,
  liveTable2Rows,
  modelsByRecords,
  reportedTable2Rows,
  TABLE2_MEASURES,
  type Table2Measure,
  type Table2Model,
} from './table2-rows.ts';
import { type TableView, tableView } from './views.ts';

const CAPTION =
  'Style of each model’s answers beside the teacher’s. Brackets: 95 % interval, Wilson’s of shares, Newcombe’s of J, else by bootstrap; n: prompts behind the value. J is 0 of a model that writes lists whatever its teacher does.';

const OF_SEEDS =
  ' Of the live study the interval is Student’s over its seeds, and n counts the prompts of all seeds.';

/**
 * Tabulates the similarity in style of each model's answers to the teacher's, by kind of evidence.
 *
 * @param rows cells from `reportedTable2Rows` and `table2Rows`.
 * @param name name of the table's files.
 * @returns a table whose computed cells show value, 95 % interval and n.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * const { rows } = await openStudy();
 * table2([...reportedTable2Rows(await loadPaperData('table2')), ...liveTable2Rows(rows)])
 */
export function table2(rows: readonly Table2Row[], name = 'table2'): TableView {
  const sets = modelsByRecords(rows);
  const measures = TABLE2_MEASURES.filter(measure => rows.some(row => row.measure === measure.name));
  return tableView(name, [...rows], tableHtml(rows, sets, measures), tableText(rows, sets, measures));
}

type Parts = [rows: readonly Table2Row[], sets: Table2Model[][], measures: readonly Table2Measure[]];

function tableHtml(...[rows, sets, measures]: Parts): string {
  const head = ['Records', 'Model', ...measures.map(({ label }) => label)];
  const body = sets.flatMap(models =>
    models.map((model, index) => {
      const cells = measures.map(
        measure => `<td>${cellHtml(cellText(cellOf(rows, model, measure), measure, model))}</td>`,
      );
      const name = `<th scope="row" style="white-space: nowrap">${escapeHtml(model.model)}</th>`;
      return `<tr>${index === 0 ? recordsHtml(model, models.length) : ''}${name}${cells.join('')}</tr>`;
    }),
  );
  const printed = rows.some(row => row.evidence === 'reported') ? ' The paper prints neither.' : '';
  const live = rows.some(row => row.evidence === 'live') ? OF_SEEDS : '';
  return [
    '<table>',
    `<caption>${CAPTION}${live}${printed}</caption>`,
    `<thead><tr>${head.map(title => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

function recordsHtml({ records, evidence }: Table2Model, models: number): string {
  return `<th scope="rowgroup" rowspan="${models}">${escapeHtml(records)}<br><small>${evidence}</small></th>`;
}

function cellHtml(text: readonly string[]): string {
  const [value = '', ...rest] = text.map(part => escapeHtml(part.replaceAll(' ', '\u00a0')));
  return rest.length === 0 ? value : `${value}<br><small>${rest.join(' ')}</small>`;
}

function tableText(...[rows, sets, measures]: Parts): string {
  const models = sets.flat().map(model => {
    const lines = measures.map(
      measure => `  ${measure.short}: ${cellText(cellOf(rows, model, measure), measure, model).join(' ')}`,
    );
    return [`${model.records} (${model.evidence}), ${model.model}`, ...lines].join('\n');
  });
  return models.join('\n');
}

/** Table 2 of the paper. */
export const TABLE2: PaperFigure = {
  id: 'table2',
  title: 'Table 2',
  question: 'Does a model’s style come near its teacher’s?',
  notebook: 'table2',
  evidence: ['reported', 'public', 'live'],
  hypotheses: [
    'lists-rise-toward-the-teacher',
    'summaries-rise-toward-the-teacher',
    'words-rise-toward-the-teacher',
    'length-rises-toward-the-teacher',
  ],
  outputs: ['table2', 'table2-chart', 'table2-verdicts'],
  draw: async rows => {
    const cells = [...reportedTable2Rows(await loadPaperData('table2')), ...liveTable2Rows(rows)];
    return [table2(cells), table2Figure(cells)];
  },
};
