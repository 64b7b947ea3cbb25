import type { StudyRow } from '../schema.ts';
import type { Figure } from './figure.ts';
import { panels } from './panels.ts';
import type { StudyMeasureName } from './study-measures.ts';
import { broad, byBudget, bySize } from './study-panels.ts';

/** What stands in a study for MMLU, Natural Questions, HumanEval and GSM8K. */
const BENCHMARKS: readonly StudyMeasureName[] = [
  'choice.accuracy',
  'facts.exact-match',
  'programs.pass',
  'sums.exact-match',
];

/**
 * Figure 4: the benchmarks by imitation data (top) and by size of the base model (bottom).
 *
 * @param rows of a study.
 * @see Gudibande et al. 2023, Figure 4
 */
export function fig4(rows: readonly StudyRow[]): Figure {
  return panels('fig4', 'Figure 4: benchmarks, by imitation data and by base model', [
    BENCHMARKS.map(measure => byBudget(rows, broad(measure))),
    BENCHMARKS.map(measure => bySize(rows, broad(measure))),
  ]);
}
