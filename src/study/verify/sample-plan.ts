import { seededRandom } from '../../stats/index.ts';
import type { StudyRun } from '../pipeline/study-run.ts';

/**
 * Samples a part of a plan that can be run by itself: some imitation models of one seed, drawn at random, with all runs
 * that they need, and the answers and measures of every model among these.
 *
 * @param count of imitation models; all of the seed's if it has fewer.
 * @param draw another draws another seed and other models.
 * @throws {RangeError} if the count is no whole number from 1 on, or the plan fine-tunes no model.
 */
export function samplePlan(plan: readonly StudyRun[], count: number, draw = 1): StudyRun[] {
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(
      `Cannot sample a plan: the number of models must be a whole number >= 1, got ${count}`,
    );
  const tuned = plan.filter(({ stage }) => stage === 'finetune');
  if (tuned.length === 0)
    throw new RangeError('Cannot sample a plan: a model that is fine-tuned is required, got none');
  const { choose, shuffle } = seededRandom(`verify/${draw}`);
  const seed = choose([...new Set(tuned.map(({ seed }) => seed))]);
  const drawn = shuffle(tuned.filter(run => run.seed === seed)).slice(0, count);
  const runs = new Map(plan.map(run => [run.id, run]));
  const needed = new Set<string>();
  const need = ({ id, inputs }: StudyRun): void => {
    needed.add(id);
    for (const input of Object.values(inputs)) {
      const run = runs.get(input);
      if (run !== undefined && !needed.has(input)) need(run);
    }
  };
  drawn.forEach(need);
  for (const run of plan) {
    const trained = run.inputs.model === undefined || needed.has(run.inputs.model);
    if (run.seed === seed && ['answers', 'measure'].includes(run.stage) && trained) need(run);
  }
  return plan.filter(({ id }) => needed.has(id));
}
