import type { RunResult } from '../../jobs/index.ts';
import type { StudyRow } from '../../schema.ts';
import { readTrainingData } from './model-files.ts';

/** Model of a study, as its rows name it. */
export type Who = Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'>;

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
