import { compile, tf } from '../compute/index.ts';
import { forward, type Model } from '../model/index.ts';
import { uncut } from '../notebook/index.ts';
import type { Block } from '../tokenize/index.ts';
import { type BatchTensors, blockBatch, countLossTokens, defaultMicroBatchSize, tensorsOf } from './batch.ts';
import { loss } from './loss.ts';
import { paddingApart } from './padding-apart.ts';
import { yieldTwice } from './yield-twice.ts';

/** Mean loss, and the number of its tokens. */
export interface EvaluatedLoss {
  /** Nats per supervised token. */
  loss: number;
  /** Supervised tokens. */
  n: number;
}

/** Options of {@link evaluateLoss}. */
export interface EvaluateOptions {
  /** Blocks computed at once; default as many as hold 4,096 tokens. */
  microBatchSize?: number;
  /** Stops between two batches. */
  signal?: AbortSignal | undefined;
}

/** Repeated evaluation of a model whose weights change. */
export interface Evaluation {
  (signal?: AbortSignal): Promise<EvaluatedLoss>;
  dispose(): void;
}

/**
 * Evaluates the mean loss of a model on blocks, over all their supervised tokens.
 *
 * @throws {RangeError} if there are no blocks or no supervised tokens, or blocks exceed the model's context.
 * @throws the signal's reason, when it aborts.
 * @example
 * // Given model, blocks.
 * const { loss, n } = await evaluateLoss(model, blocks);
 * const perplexity = Math.exp(loss); // over n tokens
 */
export async function evaluateLoss(
  model: Model,
  blocks: readonly Block[],
  { microBatchSize, signal }: EvaluateOptions = {},
): Promise<EvaluatedLoss> {
  const evaluation = lossEvaluation(model, blocks, microBatchSize);
  try {
    return await evaluation(signal);
  } finally {
    evaluation.dispose();
  }
}

/** Compiles {@link evaluateLoss} for many calls, each with the weights as they are then. */
export function lossEvaluation(
  { config, weights }: Model,
  given: readonly Block[],
  microBatchSize: number = defaultMicroBatchSize(given),
): Evaluation {
  const blocks = paddingApart(config, given);
  const n = countLossTokens(blocks);
  if (n === 0) {
    throw new RangeError(
      `Cannot evaluate the loss: the loss must count a token of the blocks, got ${blocks.length} blocks with none`,
    );
  }
  const compiled = compile(
    (...[ids, targets, lossMask, positions]: BatchTensors) =>
      loss(forward(config, weights, ids, { positions }), targets, lossMask),
    // The step of training reports the same fallback.
    { name: 'of evaluation', onFallback: () => {} },
  );
  const evaluate = async (signal?: AbortSignal): Promise<EvaluatedLoss> => {
    let sum = 0;
    for (let start = 0; start < blocks.length; start += microBatchSize) {
      signal?.throwIfAborted();
      const part = blocks.slice(start, start + microBatchSize);
      const batch = blockBatch(part, Math.min(microBatchSize, blocks.length));
      const mean = uncut(() => compiled(...tensorsOf(batch)));
      tf.dispose({ ...batch });
      const [value = Number.NaN] = await uncut(() => mean.data());
      mean.dispose();
      sum += value * countLossTokens(part);
      await yieldTwice();
    }
    return { loss: sum / n, n };
  };
  return Object.assign(evaluate, { dispose: () => compiled.dispose() });
}
