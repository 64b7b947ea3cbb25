import type { StudyRow } from '../schema.ts';
import { FIGURE1 } from './figure1.ts';
import { FIGURE3 } from './figure3.ts';
import { FIGURE4 } from './figure4.ts';
import { FIGURE5 } from './figure5.ts';
import { FIGURE6 } from './figure6.ts';
import { FIGURE7 } from './figure7.ts';
import type { PaperFigure } from './paper-figure.ts';
import { TABLE1 } from './table1.ts';
import { TABLE2 } from './table2.ts';
import { TABLE6 } from './table6.ts';
import { TABLE7 } from './table7.ts';
import type { FigureView, TableView } from './views.ts';

/** Figure 2 of the paper. */
const FIGURE2: PaperFigure = {
  id: 'fig2',
  title: 'Figure 2',
  question: 'Can an answer have the teacher’s style and be wrong?',
  notebook: 'fig2',
  evidence: ['reported', 'public', 'live'],
  hypotheses: ['style-hides-falsehood'],
  outputs: ['fig2', 'fig2-2', 'fig2-3', 'fig2-4', 'fig2-errors', 'fig2-verdicts'],
};

/** Tables 3, 4, 5 of the paper. */
const TABLES_3_TO_5: PaperFigure = {
  id: 'tables3-5',
  title: 'Tables 3, 4, 5',
  question: 'What is a teacher asked for local imitation data?',
  notebook: 'data',
  evidence: ['reported'],
  hypotheses: [],
  outputs: [],
};

/** Tables 8, 9 of the paper. */
const TABLES_8_AND_9: PaperFigure = {
  id: 'tables8-9',
  title: 'Tables 8, 9',
  question: 'What is a model asked in benchmarks?',
  notebook: 'benchmarks',
  evidence: ['reported'],
  hypotheses: [],
  outputs: [],
};

/** Figures and tables of the paper, in its order. */
export const FIGURES: readonly PaperFigure[] = [
  FIGURE1,
  FIGURE2,
  FIGURE3,
  FIGURE4,
  TABLE1,
  FIGURE5,
  TABLE2,
  TABLES_3_TO_5,
  FIGURE6,
  TABLE6,
  FIGURE7,
  TABLE7,
  TABLES_8_AND_9,
];

/**
 * Draws a figure or table of the paper from a study's rows, beside the paper's printed numbers.
 *
 * @param id such as `fig4` or `table2`.
 * @param rows a study's rows; what they do not hold is left out.
 * @param figures the figures to choose from; default the paper's.
 * @returns the figures and tables, in the order of its notebook; none where it needs more than rows.
 * @throws {RangeError} if no figure has this id.
 * @example
 * const { rows } = await openStudy();
 * const [benchmarks] = await drawFigure('fig4', rows);
 * benchmarks?.name; // 'fig4'
 */
export async function drawFigure(
  id: string,
  rows: readonly StudyRow[],
  figures: readonly PaperFigure[] = FIGURES,
): Promise<(FigureView | TableView)[]> {
  const figure = figures.find(figure => figure.id === id);
  if (figure === undefined) {
    const ids = figures.map(figure => figure.id).join(', ');
    throw new RangeError(`Cannot draw ${id}: one of ${ids} is required`);
  }
  return figure.draw?.(rows) ?? [];
}
