import * as tf from '@tensorflow/tfjs';
import { addLora, type Model, modelOf } from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { messageOf } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';
import type { Block } from '../tokenize/index.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { bestOf } from './reason-to-end.ts';
import { openRunFolder, readFinishedRun } from './run-folder.ts';
import { memoryKeeper } from './run-keeper.ts';
import { tellProgress } from './tell-progress.ts';
import { type LoopResult, trainLoop } from './train-loop.ts';
import { type TrainingPlan, trainingPlan } from './training-plan.ts';
import { type TrainingResult, trainingResult } from './training-result.ts';

/**
 * Fine-tunes a model on blocks: the loss counts where their mask says so, every pass takes them in a new order.
 *
 * With a folder, the run is written there as it goes: `metrics.jsonl`, `samples.jsonl`, `manifest.json`, `run.json`
 * and checkpoints. The same call goes on where an interrupted or killed run stopped, and ends in the same weights
 * to the bit, on one backend and machine; a run that has finished is not done again. On `webgpu`, where gradients of
 * embeddings are summed in the order in which they are ready, the weights are the same but for rounding, as those of
 * any two runs there.
 *
 * @param model keeps its weights.
 * @throws {DOMException} an `AbortError` when the signal aborts. With a folder, a checkpoint of that moment is
 *   written before; without one, nothing is left of the run.
 * @throws {RangeError} if an option is out of bounds, or blocks do not fit the model.
 * @throws {Error} if the loss is not finite, the folder cannot be written, holds a run with other settings, data or
 *   model, which is named, or another process trains there.
 * @see Gudibande et al. 2023, §4.1
 * @example
 * const blocks = packDialogues(dialogues.map(one => encodeDialogue(one, tokenizer)), { context: model.config.context });
 * const { model: imitation } = await finetune(model, blocks, { rate: 1e-4, epochs: 2, folder: 'runs/first' });
 */
export async function finetune(
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingResult> {
  return runTraining('fine-tune', model, blocks, options);
}

/** The run behind {@link finetune} and `pretrain`. */
export async function runTraining(
  task: string,
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingResult> {
  const { folder, sample, onProgress, signal = runningSignal() } = options;
  const plan = await trainingPlan(model, blocks, options);
  const { settings, seed, keep } = plan;
  if (folder !== undefined) {
    const done = await readFinishedRun(folder, settings);
    if (done) return trainingResult(resultOf(model, plan, done), folder);
  }
  const state = { task, steps: plan.steps, tokens: plan.tokens };
  const run =
    folder === undefined ? undefined : await openRunFolder({ folder, state, settings, seed, keep, signal });
  const told = tellProgress(task, plan.tokens, run?.rows.at(-1)?.tokens ?? 0, onProgress);
  const onRow = (row: TrainingRow) => {
    told.row(row);
    options.onRow?.(row);
  };
  try {
    const listening = { onRow, signal, ...(sample && { sample }) };
    const outcome = await trainLoop(model, plan, run ?? memoryKeeper(), listening);
    const best = bestOf(outcome.rows);
    const kept = options.patience === undefined ? undefined : best?.step;
    await run?.end({
      status: 'finished',
      ended: outcome.ended,
      ...(best && { best }),
      ...(kept !== undefined && { kept }),
    });
    told.end();
    return trainingResult(resultOf(model, plan, outcome), folder);
  } catch (error) {
    const interrupted = signal?.aborted && error === signal.reason;
    // What went wrong first is what counts, such as a full disk, which stops this too.
    const end = interrupted
      ? { status: 'interrupted' as const }
      : { status: 'failed' as const, error: messageOf(error) };
    await run?.end(end).catch(() => {});
    if (!interrupted) throw error;
    const kept = folder === undefined ? 'nothing of it is kept' : `the same call goes on with ${folder}`;
    throw Object.assign(new DOMException(`The training was interrupted: ${kept}`, 'AbortError'), {
      cause: error,
    });
  } finally {
    await run?.close();
  }
}

function resultOf(model: Model, plan: TrainingPlan, { trained, rows, ended }: LoopResult): TrainingResult {
  const { lora } = plan.stepOptions;
  const begun = lora ? addLora(model, lora) : model;
  const weights: Record<string, tf.Tensor> = { ...trained };
  for (const [name, weight] of Object.entries(begun.weights)) {
    if (!Object.hasOwn(trained, name)) weights[name] = tf.clone(weight);
    // What the adapters started from.
    if (!Object.hasOwn(model.weights, name)) weight.dispose();
  }
  const best = bestOf(rows);
  return { model: modelOf(model.config, weights), rows, ended, ...(best && { best }) };
}
