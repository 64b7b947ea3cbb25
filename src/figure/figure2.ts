import type { PaperFigure } from './paper-figure.ts';

/** Figure 2 of the paper. */
export const FIGURE2: PaperFigure = {
  id: 'fig2',
  title: 'Figure 2',
  question: 'Can an answer have the teacher’s style and be wrong?',
  notebook: 'fig2',
  evidence: ['reported', 'public', 'live'],
  hypotheses: ['style-hides-falsehood'],
  outputs: ['fig2', 'fig2-2', 'fig2-3', 'fig2-4', 'fig2-errors', 'fig2-verdicts'],
};
