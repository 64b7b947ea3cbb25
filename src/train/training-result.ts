import { type Model, modelFacts } from '../model/index.ts';
import { type Facts, showFacts } from '../notebook/index.ts';
import { duration } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';
import type { BestEvaluation } from './early-stopping.ts';

/** Result of a training run; shows itself by a few facts. */
export interface TrainingResult {
  /** The trained model, in tensors of its own: `tf.dispose(result.model.weights)` frees them. */
  model: Model;
  /** A row for each step. */
  rows: TrainingRow[];
  /** Reason of the end: all steps were taken, or patience ended the run. */
  ended: 'steps' | 'patience';
  /** Evaluation with the lowest loss, in nats per supervised token, if there was one. */
  best?: BestEvaluation;
}

/** Makes a result show itself by facts, with the folder of the run if it has one. */
export function trainingResult(result: TrainingResult, folder: string | undefined): TrainingResult {
  return showFacts(result, found => factsOf(found, folder));
}

function factsOf({ model, rows, ended, best }: TrainingResult, folder: string | undefined): Facts {
  const [first, last] = [rows[0], rows.at(-1)];
  // Without evaluations, samples and checkpoints, and without the steps that an interrupted run repeated.
  const seconds = rows.reduce(
    (sum, { tokens, tokensPerSecond }, at) => sum + (tokens - (rows[at - 1]?.tokens ?? 0)) / tokensPerSecond,
    0,
  );
  const lossTokens = rows.reduce((sum, row) => sum + row.lossTokens, 0);
  return {
    steps: `${rows.length}${ended === 'patience' ? ', stopped early' : ''}`,
    'train loss':
      first &&
      last &&
      `${first.loss.toFixed(4)} at step ${first.step}, ${last.loss.toFixed(4)} at step ${last.step}`,
    'best eval loss': best && `${best.loss.toFixed(4)} at step ${best.step}`,
    tokens: `${count(last?.tokens ?? 0)}, ${count(lossTokens)} of them in the loss`,
    time: `${duration(seconds)} in steps`,
    folder,
    ...modelFacts(model),
  };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
