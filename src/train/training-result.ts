import { type Model, modelFacts } from '../model/index.ts';
import { type Facts, showFacts } from '../notebook/index.ts';
import { duration } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';

/** What came of a run; shows itself by a few facts. */
export interface TrainingResult {
  /** The trained model, in tensors of its own: `tf.dispose(result.model.weights)` frees them. */
  model: Model;
  /** A row for each step. */
  rows: TrainingRow[];
  /** Whether all steps were taken, or the held-out loss fell no more. */
  ended: 'steps' | 'patience';
  /** Where the held-out loss was lowest, in nats per supervised token, if it was evaluated. */
  best?: { step: number; loss: number };
}

/** The result of a run in this folder, if it has one. */
export function trainingResult(result: TrainingResult, folder: string | undefined): TrainingResult {
  return showFacts(result, found => factsOf(found, folder));
}

function factsOf({ model, rows, ended, best }: TrainingResult, folder: string | undefined): Facts {
  const [first, last] = [rows[0], rows.at(-1)];
  // Evaluations, samples and checkpoints are not in it, nor what an interrupted run had to do again.
  const seconds = rows.reduce(
    (sum, { tokens, tokensPerSecond }, at) => sum + (tokens - (rows[at - 1]?.tokens ?? 0)) / tokensPerSecond,
    0,
  );
  const lossTokens = rows.reduce((sum, row) => sum + row.lossTokens, 0);
  return {
    steps: `${rows.length}${ended === 'patience' ? ', ended by patience' : ''}`,
    loss:
      first && last && `${first.loss.toFixed(4)} nats per token at first, ${last.loss.toFixed(4)} at last`,
    'held out': best && `${best.loss.toFixed(4)} at best, after step ${best.step}`,
    tokens: `${count(last?.tokens ?? 0)} read, ${count(lossTokens)} learned`,
    time: `${duration(seconds)} in steps`,
    folder,
    ...modelFacts(model),
  };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
