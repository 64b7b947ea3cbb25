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

export type RougeName = 'rouge1' | 'rouge2' | 'rougeL';

const COLUMNS: readonly ImitationColumn<RougeName>[] = [
  { title: 'ROUGE-1', paper: 'rouge1', study: 'summaries.rouge1', local: 'summaries' },
  { title: 'ROUGE-2', paper: 'rouge2', study: 'summaries.rouge2', local: 'summaries' },
  { title: 'ROUGE-L', paper: 'rougeL', study: 'summaries.rougeL', local: 'summaries' },
];

/**
 * Tabulates summaries by ROUGE F1 as Table 7 does, in percent.
 *
 * @param paper the printed values.
 * @param rows of a study.
 * @see Gudibande et al. 2023, Table 7
 * @example
 * table7(await loadPaperData('table7'), (await openStudy()).rows)
 */
export function table7(paper: PaperModels<RougeName>, rows: readonly StudyRow[] = []): TableView {
  const caption =
    'Summaries by ROUGE F1, in percent. Brackets: 95 % interval; n: items of all seeds. The paper prints neither.';
  return imitationTable('table7', caption, cells(paper, rows));
}

/**
 * Draws Table 7 as a chart: one panel a measure, one line a model.
 *
 * @example
 * table7Figure(await loadPaperData('table7'), (await openStudy()).rows)
 */
export function table7Figure(paper: PaperModels<RougeName>, rows: readonly StudyRow[] = []): FigureView {
  return imitationFigure('table7-chart', 'Table 7: summaries by ROUGE F1', cells(paper, rows));
}

function cells(paper: PaperModels<RougeName>, rows: readonly StudyRow[]): ImitationRow[] {
  return [...reportedImitation(paper, COLUMNS), ...(rows.length === 0 ? [] : liveImitation(rows, COLUMNS))];
}

/** Table 7 of the paper. */
export const TABLE7: PaperFigure = {
  id: 'table7',
  title: 'Table 7',
  question: 'Which imitation makes better summaries?',
  notebook: 'table7',
  evidence: ['reported', 'live'],
  hypotheses: ['local-imitation-raises-summaries', 'local-beats-broad-on-summaries'],
  outputs: ['table7', 'table7-chart', 'table7-verdicts'],
  draw: async rows => {
    const paper = await loadPaperData('table7');
    return [table7(paper, rows), table7Figure(paper, rows)];
  },
};
