import type { StudyRow } from '../schema.ts';
import { panels } from './panels.ts';
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
