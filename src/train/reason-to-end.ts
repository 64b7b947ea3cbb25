import type { TrainingRow } from '../schema.ts';

/** Where the loss on held-out blocks was lowest, the first time; undefined if it was not evaluated. */
export function bestOf(rows: readonly TrainingRow[]): { step: number; loss: number } | undefined {
  let best: { step: number; loss: number } | undefined;
  for (const { step, evalLoss } of rows) {
    if (evalLoss !== undefined && (!best || evalLoss < best.loss)) best = { step, loss: evalLoss };
  }
  return best;
}

/** Why a run ends after these rows: all steps are taken, or too many evaluations brought nothing. */
export function reasonToEnd(
  { steps, patience }: { steps: number; patience: number },
  rows: readonly TrainingRow[],
): 'steps' | 'patience' | undefined {
  const best = bestOf(rows)?.step ?? 0;
  const since = rows.filter(({ step, evalLoss }) => evalLoss !== undefined && step > best).length;
  if (since >= patience) return 'patience';
  return rows.length >= steps ? 'steps' : undefined;
}
