import { BENCHMARKS, benchmarkMeasures, type RegisteredBenchmark } from '../evaluate/index.ts';
import type { StudyRow } from '../schema.ts';
import { panelsFigure } from './panels-figure.ts';
import type { PaperFigure } from './paper-figure.ts';
import { broad, byBudget, bySize } from './study-panels.ts';
import type { FigureView } from './views.ts';

/**
 * Draws Figure 4: the benchmarks by imitation data (top) and by size of the base model (bottom).
 *
 * @param rows of a study.
 * @param benchmarks whose metrics have a panel of Figure 4.
 * @see Gudibande et al. 2023, Figure 4
 * @example
 * const { rows } = await openStudy();
 * figure4(rows).rows.length; // 62
 */
export function figure4(
  rows: readonly StudyRow[],
  benchmarks: readonly RegisteredBenchmark[] = BENCHMARKS,
): FigureView {
  const measures = benchmarkMeasures(benchmarks).filter(({ panel }) => panel?.figure === 4);
  return panelsFigure('fig4', 'Figure 4 (live): benchmarks, by imitation data and by base model', [
    measures.map(measure => ({ ...byBudget(rows, broad(measure), measure.panel?.title), y: '%' })),
    measures.map(measure => ({ ...bySize(rows, broad(measure), measure.panel?.title), y: '%' })),
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
    'facts-asked-alone-gain-nothing',
    'programs-gain-nothing',
    'programs-asked-alone-gain-nothing',
    'sums-gain-nothing',
    'facts-rise-with-size',
  ],
  outputs: ['fig4', 'published-benchmarks', 'fig4-verdicts'],
  draw: async rows => [figure4(rows)],
};
