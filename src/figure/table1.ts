import { loadPaperData, type PaperModels } from '../data/index.ts';
import type { StudyRow } from '../schema.ts';
import { imitationFigure } from './imitation-figure.ts';
import {
  type ImitationColumn,
  type ImitationRow,
  liveImitation,
  reportedImitation,
} from './imitation-rows.ts';
import { imitationTable } from './imitation-table.ts';
import type { PaperFigure } from './paper-figure.ts';
import type { FigureView, TableView } from './views.ts';

const COLUMNS: readonly ImitationColumn<'nq' | 'cnn'>[] = [
  { title: 'Questions on facts (NQ)', paper: 'nq', study: 'facts.exact-match', local: 'facts' },
  { title: 'Summaries (CNN), ROUGE-1', paper: 'cnn', study: 'summaries.rouge1', local: 'summaries' },
];

/**
 * Tabulates broad against local imitation as Table 1 does, in percent.
 *
 * @param paper the printed values.
 * @param rows of a study.
 * @see Gudibande et al. 2023, Table 1
 * @example
 * table1(await loadPaperData('table1'), (await openStudy()).rows)
 */
export function table1(paper: PaperModels<'nq' | 'cnn'>, rows: readonly StudyRow[] = []): TableView {
  const caption =
    'Broad and local imitation, in percent. Local data is that of the column. Brackets: 95 % interval; n: items of all seeds. The paper prints neither.';
  return imitationTable('table1', caption, cells(paper, rows));
}

/**
 * Draws Table 1 as a chart: one panel a measure, one line a model.
 *
 * @example
 * table1Figure(await loadPaperData('table1'), (await openStudy()).rows)
 */
export function table1Figure(paper: PaperModels<'nq' | 'cnn'>, rows: readonly StudyRow[] = []): FigureView {
  return imitationFigure('table1-chart', 'Table 1: broad against local imitation', cells(paper, rows));
}

function cells(paper: PaperModels<'nq' | 'cnn'>, rows: readonly StudyRow[]): ImitationRow[] {
  return [...reportedImitation(paper, COLUMNS), ...(rows.length === 0 ? [] : liveImitation(rows, COLUMNS))];
}

/** Table 1 of the paper. */
export const TABLE1: PaperFigure = {
  id: 'table1',
  title: 'Table 1',
  question: 'Does it help to imitate one task instead of everything?',
  notebook: 'table1',
  evidence: ['reported', 'live'],
  hypotheses: [
    'facts-gain-nothing',
    'local-beats-broad-on-facts',
    'local-imitation-raises-summaries',
    'local-beats-broad-on-summaries',
  ],
  outputs: ['table1', 'table1-chart', 'table1-verdicts'],
  draw: async rows => {
    const paper = await loadPaperData('table1');
    return [table1(paper, rows), table1Figure(paper, rows)];
  },
};
