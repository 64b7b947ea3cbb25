import { runningSignal } from '../notebook/index.ts';
import { messageOf } from '../runs/index.ts';
import type { Failure, Generation } from '../schema.ts';
import { asFinished } from './as-finished.ts';
import { CallFailed, Unanswerable } from './call-failed.ts';
import type { Continuation, GenerateOptions, Likelihood, Question, ScoreOptions } from './language-model.ts';

/** One answer, or the failure to give one, before it is known which prompt and model it belongs to. */
export type Answer = Omit<Generation, 'promptId' | 'model' | 'evidence'>;

/**
 * Answers every prompt by `answer`, as {@link LanguageModel.generate} promises: a failure becomes a
 * generation without text, and only {@link Unanswerable} or an abort ends the run.
 */
export function answerEach(
  model: string,
  prompts: readonly Question[],
  answer: (question: Question, signal: AbortSignal) => Promise<Answer>,
  options: GenerateOptions,
): AsyncGenerator<Generation, void, undefined> {
  const row = ({ id, sample }: Question) =>
    ({ promptId: id, ...(sample !== undefined && { sample }), model, evidence: 'live' }) as const;
  return attemptEach(prompts, {
    attempt: async (question, signal) => ({ ...row(question), ...(await answer(question, signal)) }),
    failed: (question, error): Generation => ({ ...row(question), text: null, finish: 'error', error }),
    task: `generate with ${model}`,
    unit: 'prompts',
    ...options,
  });
}

/** Scores every continuation by `score`, as {@link LanguageModel.scoreEach} promises. */
export function scoreEach(
  model: string,
  items: readonly Continuation[],
  score: (item: Continuation, signal: AbortSignal) => Promise<Omit<Likelihood, 'id'>>,
  options: ScoreOptions,
): AsyncGenerator<Likelihood, void, undefined> {
  return attemptEach(items, {
    attempt: async (item, signal) => ({ id: item.id, ...(await score(item, signal)) }),
    failed: ({ id }, { kind, message }): Likelihood => ({ id, logprob: null, error: message, kind }),
    task: `score with ${model}`,
    unit: 'continuations',
    ...options,
  });
}

/** Does a task for each item; only {@link Unanswerable} or an abort ends it before all are done. */
async function* attemptEach<Item, Result>(
  items: readonly Item[],
  work: {
    attempt(item: Item, signal: AbortSignal): Promise<Result>;
    /** Makes the result of a task that failed. */
    failed(item: Item, error: Failure): Result;
    task: string;
    unit: string;
  } & ScoreOptions,
): AsyncGenerator<Result, void, undefined> {
  const { attempt, failed, task, unit, signal = runningSignal(), onProgress } = work;
  let done = 0;
  const report = () => onProgress?.({ task, done, total: items.length, unit });
  const safely = async (item: Item, stopped: AbortSignal): Promise<Result> => {
    try {
      return await attempt(item, stopped);
    } catch (error) {
      stopped.throwIfAborted();
      if (error instanceof Unanswerable) throw error;
      const kind = error instanceof CallFailed ? error.kind : 'rejected';
      return failed(item, { kind, message: messageOf(error) });
    }
  };
  report();
  for await (const result of asFinished(items, safely, signal)) {
    done++;
    report();
    yield result;
  }
}
