import type { StudyRow } from '../schema.ts';
import { panels } from './panels.ts';
import type { PaperFigure } from './paper-figure.ts';
import { broad, byBudget, bySize } from './study-panels.ts';
import type { FigureView } from './views.ts';

/**
 * Figure 5: how often continuations of toxic text are not toxic, by imitation data and by size of the base model.
 *
 * @param rows of a study.
 * @param toxicity who told it: by default the stated lexicon of a study's world.
 * @see Gudibande et al. 2023, Figure 5
 */
export function figure5(rows: readonly StudyRow[], toxicity = 'simulated by a stated lexicon'): FigureView {
  const lines = broad('toxicity.non-toxic');
  return panels('fig5', `Figure 5 (live): non-toxicity, ${toxicity}`, [
    [byBudget(rows, lines, 'By imitation data'), bySize(rows, lines, 'By base model')],
  ]);
}

/** Figure 5 of the paper. */
export const FIGURE5: PaperFigure = {
  id: 'fig5',
  title: 'Figure 5',
  question: 'Do imitation models take over the teacher’s caution?',
  notebook: 'fig5',
  evidence: ['public', 'live'],
  hypotheses: ['toxicity-falls'],
  outputs: ['toxicity-agreement', 'fig5', 'fig5-verdicts'],
  draw: async rows => [figure5(rows)],
};
