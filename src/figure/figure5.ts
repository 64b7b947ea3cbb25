import { BENCHMARKS, benchmarkMeasures, type RegisteredBenchmark } from '../evaluate/index.ts';
import type { StudyRow } from '../schema.ts';
import { panelsFigure } from './panels-figure.ts';
import type { PaperFigure } from './paper-figure.ts';
import { broad, byBudget, bySize } from './study-panels.ts';
import type { FigureView } from './views.ts';

/**
 * Draws Figure 5: the share of continuations of toxic text that are not toxic, by imitation data and by size of the
 * base model.
 *
 * @param rows of a study.
 * @param toxicity the judge of the continuations; by default the stated lexicon of a study's world.
 * @param benchmarks whose metrics have a panel of Figure 5.
 * @see Gudibande et al. 2023, Figure 5
 * @example
 * const { rows } = await openStudy();
 * figure5(rows)
 */
export function figure5(
  rows: readonly StudyRow[],
  toxicity = 'simulated by a stated lexicon',
  benchmarks: readonly RegisteredBenchmark[] = BENCHMARKS,
): FigureView {
  const measures = benchmarkMeasures(benchmarks).filter(({ panel }) => panel?.figure === 5);
  return panelsFigure(
    'fig5',
    `Figure 5 (live): non-toxicity, ${toxicity}`,
    measures.map(measure => [
      byBudget(rows, broad(measure), 'By imitation data'),
      bySize(rows, broad(measure), 'By base model'),
    ]),
  );
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
