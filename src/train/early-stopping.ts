import type { TrainingRow } from '../schema.ts';

/** Evaluation with the lowest loss: after which step, and that loss in nats per supervised token. */
export interface BestEvaluation {
  step: number;
  loss: number;
}

/** Finds the first evaluation with the lowest loss; undefined if there was none. */
export function bestEvaluation(rows: readonly TrainingRow[]): BestEvaluation | undefined {
  let best: BestEvaluation | undefined;
  for (const { step, evalLoss } of rows) {
    if (evalLoss !== undefined && (!best || evalLoss < best.loss)) best = { step, loss: evalLoss };
  }
  return best;
}

/** Reason to end a run after these rows: all steps were taken, or `patience` evaluations brought no lower loss. */
export function stopReason(
  { steps, patience }: { steps: number; patience: number },
  rows: readonly TrainingRow[],
): 'steps' | 'patience' | undefined {
  const best = bestEvaluation(rows)?.step ?? 0;
  const since = rows.filter(({ step, evalLoss }) => evalLoss !== undefined && step > best).length;
  if (since >= patience) return 'patience';
  return rows.length >= steps ? 'steps' : undefined;
}
