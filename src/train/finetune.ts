import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { addLora, type Model, modelOf } from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { messageOf } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';
import type { Block } from '../tokenize/index.ts';
import { bestEvaluation } from './early-stopping.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { openRunFolder, readFinishedRun } from './run-folder.ts';
import { memoryStore } from './run-store.ts';
import { type LoopResult, trainLoop } from './train-loop.ts';
import { type TrainingPlan, trainingPlan } from './training-plan.ts';
import { trainingProgress } from './training-progress.ts';
import { type TrainingResult, trainingResult } from './training-result.ts';

/**
 * Fine-tunes a model on blocks: the loss counts where their loss mask is 1, every epoch shuffles them again.
 *
 * With a folder, the run is written there: `metrics.jsonl`, `samples.jsonl`, `manifest.json`, `run.json`, events for
 * TensorBoard and checkpoints. The same call resumes an interrupted or killed run, and ends in the same weights to the bit, on one
 * backend and machine; a run that has finished is not repeated. On `webgpu`, where gradients of embeddings are summed
 * in the order in which they are ready, the weights are the same except for rounding, as those of any two runs there.
 *
 * @param model keeps its weights.
 * @throws {DOMException} an `AbortError` when the signal aborts. With a folder, a checkpoint is written before;
 *   without one, nothing of the run is kept.
 * @throws {RangeError} if an option is out of bounds, or blocks do not fit the model.
 * @throws {Error} if the loss is not finite, the folder cannot be written, holds a run with other settings, data or
 *   model, which is named, or another process trains there.
 * @see Gudibande et al. 2023, §4.1
 * @example
 * // Given model, dialogues, tokenizer.
 * const encoded = dialogues.map(dialogue => encodeDialogue(dialogue, tokenizer));
 * const blocks = packDialogues(encoded, { sequenceLength: 64 });
 * const { model: imitation } = await finetune(model, blocks, { learningRate: 1e-4, epochs: 2, folder: 'runs/mine' });
 */
export async function finetune(
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingResult> {
  return runTraining('fine-tune', model, blocks, options);
}

/** Runs the training of {@link finetune} and `pretrain`. */
export async function runTraining(
  task: string,
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingResult> {
  const { folder, sample, onSamples, onProgress, signal = runningSignal() } = options;
  const plan = await trainingPlan(model, blocks, options);
  const { settings, seed, keep } = plan;
  if (folder !== undefined) {
    const finished = await readFinishedRun(folder, settings);
    if (finished) return trainingResult(resultOf(model, plan, finished), folder);
  }
  const state = { task, steps: plan.steps, tokens: plan.tokensAfter(plan.steps) };
  const run =
    folder === undefined ? undefined : await openRunFolder({ folder, state, settings, seed, keep, signal });
  const progress = trainingProgress(task, state.tokens, run?.rows.at(-1)?.tokens ?? 0, onProgress);
  const onRow = (row: TrainingRow) => {
    progress.report(row);
    options.onRow?.(row);
  };
  try {
    const listening = {
      onRow,
      signal: run?.signal ?? signal,
      ...(sample && { sample }),
      ...(onSamples && { onSamples }),
    };
    const outcome = await trainLoop(model, plan, run ?? memoryStore(), listening);
    const best = bestEvaluation(outcome.rows);
    const kept = options.patience === undefined ? undefined : best?.step;
    await run?.end({
      status: 'finished',
      ended: outcome.ended,
      ...(best && { best }),
      ...(kept !== undefined && { kept }),
    });
    progress.end();
    return trainingResult(resultOf(model, plan, outcome), folder);
  } catch (error) {
    const interrupted = signal?.aborted && error === signal.reason;
    const end = interrupted
      ? { status: 'interrupted' as const }
      : { status: 'failed' as const, error: messageOf(error) };
    // The first failure is the one to report; a cause such as a full disk fails this too.
    await run?.end(end).catch(() => {});
    if (!interrupted) throw error;
    const kept = folder === undefined ? 'nothing of it is kept' : `the same call resumes it from ${folder}`;
    throw Object.assign(new DOMException(`The training was interrupted: ${kept}`, 'AbortError'), {
      cause: error,
    });
  } finally {
    await run?.close();
  }
}

function resultOf(model: Model, plan: TrainingPlan, { trained, rows, ended }: LoopResult): TrainingResult {
  const { lora } = plan.stepOptions;
  const adapted = lora ? addLora(model, lora) : model;
  const weights: Record<string, Tensor> = { ...trained };
  for (const [name, weight] of Object.entries(adapted.weights)) {
    if (!Object.hasOwn(trained, name)) weights[name] = tf.clone(weight);
    // Initial values of the adapters.
    if (!Object.hasOwn(model.weights, name)) weight.dispose();
  }
  const best = bestEvaluation(rows);
  return { model: modelOf(model.config, weights, model.stored), rows, ended, ...(best && { best }) };
}
