import { either, literal, number, type RunResult } from '../../jobs/index.ts';
import type { StudyRow } from '../../schema.ts';
import { readTrainingData } from './model-files.ts';

/** Model of a study, as its rows name it. */
export type Who = Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'>;

/** Guards of the fields of {@link Who}. */
export const WHO = {
  model: literal('teacher', 'teacher-again', 'base', 'broad', 'facts', 'summaries'),
  size: either(number, literal(null)),
  budget: either(number, literal(null)),
  seed: number,
} as const;

/**
 * Names the model of a run. The budget of a model that was trained on a whole set is the number of its tokens, which
 * the run that trained it has counted.
 */
export async function whoOf(
  { model, size, budget, seed }: Who,
  trained: RunResult | undefined,
): Promise<Who> {
  const tokens = trained?.stage === 'finetune' ? (await readTrainingData(trained.folder)).tokens : null;
  return { model, size, budget: budget ?? tokens, seed };
}
