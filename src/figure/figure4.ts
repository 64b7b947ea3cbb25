import type { StudyRow } from '../schema.ts';
import { panels } from './panels.ts';
import type { PaperFigure } from './paper-figure.ts';
import type { StudyMeasureName } from './study-measures.ts';
import { broad, byBudget, bySize } from './study-panels.ts';
import type { FigureView } from './views.ts';

/** What stands in a study for the paper's benchmarks, in §4.1's order. */
const BENCHMARKS: readonly (readonly [measure: StudyMeasureName, title: string])[] = [
  ['choice.accuracy', 'Multiple choice (as MMLU)'],
  ['facts.exact-match', 'Facts (as NQ)'],
  ['programs.pass', 'Programs (as HumanEval)'],
  ['sums.exact-match', 'Sums (as GSM8K)'],
];

/**
 * Figure 4: the benchmarks by imitation data (top) and by size of the base model (bottom).
 *
 * @param rows of a study.
 * @see Gudibande et al. 2023, Figure 4
 */
export function figure4(rows: readonly StudyRow[]): FigureView {
  return panels('fig4', 'Figure 4 (live): benchmarks, by imitation data and by base model', [
    BENCHMARKS.map(([measure, title]) => ({ ...byBudget(rows, broad(measure), title), y: '%' })),
    BENCHMARKS.map(([measure, title]) => ({ ...bySize(rows, broad(measure), title), y: '%' })),
  ]);
}

/** Figure 4 of the paper. */
export const FIGURE4: PaperFigure = {
  id: 'fig4',
  title: 'Figure 4',
  question: 'Does broad imitation improve what a model can do?',
  notebook: 'fig4',
  evidence: ['public', 'live'],
  hypotheses: [
    'choice-gains-nothing',
    'facts-gain-nothing',
    'programs-gain-nothing',
    'sums-gain-nothing',
    'facts-rise-with-size',
  ],
  outputs: ['fig4', 'published-benchmarks', 'fig4-verdicts'],
  draw: async rows => [figure4(rows)],
};
