import type { PaperFigure } from './paper-figure.ts';

/** Tables 3, 4, 5 of the paper. */
export const TABLES_3_TO_5: PaperFigure = {
  id: 'tables3-5',
  title: 'Tables 3, 4, 5',
  question: 'What is a teacher asked for local imitation data?',
  notebook: 'data',
  evidence: ['reported'],
  hypotheses: [],
  outputs: [],
};

/** Tables 8, 9 of the paper. */
export const TABLES_8_AND_9: PaperFigure = {
  id: 'tables8-9',
  title: 'Tables 8, 9',
  question: 'What is a model asked in benchmarks?',
  notebook: 'benchmarks',
  evidence: ['reported'],
  hypotheses: [],
  outputs: [],
};
