import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Model } from '../model/index.ts';
import type { TrainingRow, TrainingSample } from '../schema.ts';
import { bestEvaluation, stopReason } from './early-stopping.ts';
import { lossEvaluation } from './evaluate-loss.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import type { RunStore } from './run-store.ts';
import { StepQueue } from './step-queue.ts';
import { trainStep } from './train-step.ts';
import type { TrainingPlan } from './training-plan.ts';
import { yieldTwice } from './yield-twice.ts';

/** Outcome of {@link trainLoop}. */
export interface LoopResult {
  /** The trained weights by their names, as new tensors. */
  trained: Record<string, Tensor>;
  rows: TrainingRow[];
  ended: 'steps' | 'patience';
}

/**
 * Takes steps until all are taken or patience ends, from the last position that the store has.
 *
 * @throws the signal's reason when it aborts, after that position is saved.
 * @throws {Error} if a loss is not finite, or the store fails.
 */
export async function trainLoop(
  model: Model,
  plan: TrainingPlan,
  store: RunStore,
  { sample, onRow, onSamples, signal }: Pick<FinetuneOptions, 'sample' | 'onRow' | 'onSamples' | 'signal'>,
): Promise<LoopResult> {
  const { steps, evalBlocks, evalEvery, sampleEvery, checkpointEvery } = plan;
  const step = trainStep(model, plan.stepOptions);
  const current: Model = { config: model.config, weights: step.weights };
  const evaluation = evalBlocks && lossEvaluation(current, evalBlocks, plan.microBatchSize);
  const queue = new StepQueue(plan, step);
  const rows = [...store.rows];
  // The row of a step that is taken, and whose evaluation or samples are missing.
  let pending: TrainingRow | undefined;

  const log = async (row: TrainingRow, samples?: readonly TrainingSample[]): Promise<void> => {
    rows.push(row);
    await store.append(row, samples);
    onRow?.(row);
    if (samples) onSamples?.(samples);
  };
  const saveCheckpoint = (): Promise<void> =>
    store.save({ step: pending?.step ?? rows.length, pending, best: bestToKeep(plan, rows) }, step);

  try {
    // Resume from the last checkpoint
    pending = await store.restore(step);
    let ended = pending ? undefined : stopReason(plan, rows);

    for (let number = rows.length + 1; !ended; number++) {
      const isLast = number === steps;
      const evalDue = isLast || number % evalEvery === 0;
      const sampleDue = isLast || number % sampleEvery === 0;
      const checkpointDue = isLast || number % checkpointEvery === 0;

      // Launch the step, then log the one before
      if (!pending) {
        // Before the pause too: an interrupted cell of a notebook may wait too long for its next turn.
        signal?.throwIfAborted();
        await yieldTwice();
        signal?.throwIfAborted();
        queue.launch(number);
        if (queue.length > 1) await log(await queue.read());
        if (!evalDue && !sampleDue && !checkpointDue) continue;
        pending = await queue.read();
      }

      // Evaluate
      const evaluated = evalDue ? await evaluation?.(signal) : undefined;

      // Sample
      const samples = sampleDue ? await sample?.(current, { step: number, signal }) : undefined;

      // Log the step
      const row = { ...pending, ...(evaluated && { evalLoss: evaluated.loss, evalTokens: evaluated.n }) };
      pending = undefined;
      await log(
        row,
        samples?.map(one => ({ step: number, ...one })),
      );
      ended = stopReason(plan, rows);

      // Save a checkpoint
      if (checkpointDue || ended || bestToKeep(plan, rows)?.step === number) await saveCheckpoint();
    }

    // Return the last weights, or with patience the best
    const best = bestToKeep(plan, rows);
    return { trained: best ? await store.trainedAt(best.step) : clones(step.trained), rows, ended };
  } catch (error) {
    // Between two steps, or while one is evaluated, weights and rows are of one step.
    if (!signal?.aborted || (error !== signal.reason && !pending)) throw error;
    while (queue.length > 0) await log(await queue.read());
    await saveCheckpoint();
    throw signal.reason;
  } finally {
    queue.dispose();
    evaluation?.dispose();
    step.dispose();
  }
}

/** Best evaluation so far, if the run is to end in the weights of that step. */
function bestToKeep({ patience }: TrainingPlan, rows: readonly TrainingRow[]) {
  return patience < Number.POSITIVE_INFINITY ? bestEvaluation(rows) : undefined;
}

function clones(variables: Readonly<Record<string, Variable>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(variables).map(([name, weight]) => [name, weight.clone()]));
}
