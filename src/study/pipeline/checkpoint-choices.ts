import type { RegisteredBenchmark } from '../../evaluate/index.ts';
import { type CheckpointStudy, isServer } from '../config/checkpoint-study.ts';
import type { FoundData } from '../config/find-data.ts';
import type { CheckpointModel, ShapedCheckpoint } from './checkpoint-model.ts';
import type { Imitation } from './plan-models.ts';

/** Lists what models of a base model imitate: budgets of broad data, and whole sets of local ones. */
export function imitationsOf(
  { everyBudget = false, local = false }: ShapedCheckpoint,
  { budgets }: CheckpointStudy,
  data: readonly FoundData[],
): Imitation[] {
  const broad = budgets.filter(budget => everyBudget || budget === budgets.at(-1));
  const locals = (['facts', 'summaries'] as const).filter(
    kind => local && data.some(found => found.kind === kind),
  );
  return [
    ...broad.map(budget => ({ data: 'broad' as const, budget })),
    ...locals.map(kind => ({ data: kind, budget: 'all' as const })),
  ];
}

/** Lists the benchmarks of a model: of teachers, only a first one that is a server has some. */
export function benchmarksOf(
  { base, who }: CheckpointModel,
  { benchmarks: counts, teacher }: CheckpointStudy,
  benchmarks: readonly RegisteredBenchmark[],
): RegisteredBenchmark[] {
  const isAsked = base !== undefined || (who.model === 'teacher' && isServer(teacher));
  // Not every server reports the first tokens of its chats.
  return benchmarks.filter(
    ({ name, request }) =>
      isAsked && (counts[name] ?? 0) > 0 && (request !== 'loglikelihood' || base !== undefined),
  );
}
