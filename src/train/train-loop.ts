import * as tf from '@tensorflow/tfjs';
import type { Model } from '../model/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import type { Block } from '../tokenize/index.ts';
import { type BegunStep, beginStep } from './begun-step.ts';
import { blockBatch, countLossTokens } from './block-batch.ts';
import { lossEvaluation } from './evaluate-loss.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { bestOf, reasonToEnd } from './reason-to-end.ts';
import type { RunKeeper } from './run-keeper.ts';
import { trainStep } from './train-step.ts';
import type { TrainingPlan } from './training-plan.ts';
import { yieldTwice } from './yield-twice.ts';

/** What came of a run. */
export interface LoopResult {
  /** The trained weights by their names, as new tensors. */
  trained: Record<string, tf.Tensor>;
  rows: TrainingRow[];
  ended: 'steps' | 'patience';
}

/**
 * Takes steps until all are taken or patience ends, from the last moment that the keeper has.
 *
 * @throws the signal's reason when it aborts, once the keeper has that moment.
 * @throws {Error} if a loss is not finite, or the keeper fails.
 */
export async function trainLoop(
  model: Model,
  plan: TrainingPlan,
  keeper: RunKeeper,
  { sample, onRow, signal }: Pick<FinetuneOptions, 'sample' | 'onRow' | 'signal'>,
): Promise<LoopResult> {
  const { blocks, evalBlocks, order, microBatchSize } = plan;
  const step = trainStep(model, plan.stepOptions);
  const current: Model = { config: model.config, weights: step.weights };
  const evaluate =
    evalBlocks && lossEvaluation(current, evalBlocks, Math.min(microBatchSize, evalBlocks.length));
  const rows = [...keeper.rows];
  /** Steps that were begun and whose losses are not read: the next one is begun before, so that no device waits. */
  const begun: BegunStep[] = [];
  /** The row of a step whose evaluation or samples are missing. */
  let open: TrainingRow | undefined;
  /** Read so far, by the steps that were begun. */
  let tokens = rows.at(-1)?.tokens ?? 0;

  const read = async (): Promise<TrainingRow> => (begun.shift() as BegunStep).row();
  const add = async (row: TrainingRow, samples?: readonly TrainingSample[]): Promise<void> => {
    rows.push(row);
    await keeper.add(row, samples);
    onRow?.(row);
  };
  /** The best step so far, if the run is to end in its weights. */
  const keptBest = () => (plan.patience < Number.POSITIVE_INFINITY ? bestOf(rows) : undefined);
  const save = (): Promise<void> => {
    return keeper.save({ step: open?.step ?? rows.length, open, best: keptBest() }, step);
  };
  const begin = (number: number): void => {
    const { epoch, microBatches } = order.at(number);
    const chosen = microBatches.map(part => part.map(index => blocks[index] as Block));
    const all = chosen.flat();
    const fresh = all.reduce((sum, { ids }) => sum + ids.length, 0);
    const learningRate = plan.learningRateAt(number);
    tokens += fresh;
    const known = { step: number, epoch, tokens, lossTokens: countLossTokens(all), learningRate };
    const batches = chosen.map(part => blockBatch(part, microBatchSize));
    begun.push(beginStep(known, fresh, () => step(batches, learningRate)));
    tf.dispose(batches.map(batch => ({ ...batch })));
  };
  /** What follows a step that is due for more than its row. */
  const finish = async (row: TrainingRow): Promise<void> => {
    open = row;
    const due = dueAfter(row.step, plan);
    const { loss: evalLoss, n: evalTokens } = (due.evaluation && (await evaluate?.(signal))) || {};
    const drawn = (due.samples && (await sample?.(current, { step: row.step, signal }))) || [];
    open = undefined;
    const evaluated = evalLoss === undefined || evalTokens === undefined ? {} : { evalLoss, evalTokens };
    await add(
      { ...row, ...evaluated },
      drawn.map(one => ({ step: row.step, ...one })),
    );
    if (keptBest()?.step === row.step || due.checkpoint || reasonToEnd(plan, rows)) await save();
  };

  try {
    const left = await keeper.restore(step);
    if (left) {
      tokens = left.tokens;
      await finish(left);
    }
    let ended = reasonToEnd(plan, rows);
    for (let number = rows.length + 1; !ended; number++) {
      // Before too: soon after it was interrupted, a notebook's cell waits for its turn in vain.
      signal?.throwIfAborted();
      await yieldTwice();
      signal?.throwIfAborted();
      begin(number);
      if (begun.length > 1) await add(await read());
      const due = dueAfter(number, plan);
      if (due.evaluation || due.samples || due.checkpoint) {
        await finish(await read());
        ended = reasonToEnd(plan, rows);
      }
    }
    const best = keptBest();
    const last = () => Object.entries(step.trained).map(([name, weight]) => [name, weight.clone()]);
    const trained = best ? await keeper.trainedAt(best.step) : Object.fromEntries(last());
    return { trained, rows, ended };
  } catch (error) {
    // Weights and rows are of one step then: between two, or while one is evaluated.
    if (signal?.aborted && (error === signal.reason || open)) {
      while (begun.length > 0) await add(await read());
      await save();
      throw signal.reason;
    }
    throw error;
  } finally {
    for (const left of begun) left.dispose();
    evaluate?.dispose();
    step.dispose();
  }
}

/** What follows a step, beside its row; all of it follows the last. */
function dueAfter(step: number, { evalEvery, sampleEvery, checkpointEvery, steps }: TrainingPlan) {
  const due = (every: number) => step % every === 0 || step === steps;
  return { evaluation: due(evalEvery), samples: due(sampleEvery), checkpoint: due(checkpointEvery) };
}
