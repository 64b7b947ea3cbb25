import type { Generation } from '../schema.ts';
import { runningSignal } from '../util/index.ts';
import { asFinished } from './as-finished.ts';
import type { GenerateOptions, Question } from './language-model.ts';

/** One answer, before it is known which prompt and model it belongs to. */
export type Answer = Pick<Generation, 'tokens' | 'finish'> & { text: string };

/** A reason for which no prompt at all can be answered: it ends the whole run. */
export class Unanswerable extends Error {}

/**
 * Answers every prompt by `answer`, as {@link LanguageModel.generate} promises: a failure becomes a
 * generation without text, and only {@link Unanswerable} or an abort ends the run.
 */
export async function* answerEach(
  model: string,
  prompts: readonly Question[],
  answer: (question: Question, signal: AbortSignal) => Promise<Answer>,
  { signal = runningSignal(), onProgress }: GenerateOptions,
): AsyncGenerator<Generation, void, undefined> {
  let done = 0;
  const report = () =>
    onProgress?.({ task: `generate with ${model}`, done, total: prompts.length, unit: 'prompts' });
  const attempt = async (question: Question, stopped: AbortSignal): Promise<Generation> => {
    const row = { promptId: question.id, model, evidence: 'live' } as const;
    try {
      return { ...row, ...(await answer(question, stopped)) };
    } catch (error) {
      stopped.throwIfAborted();
      if (error instanceof Unanswerable) throw error;
      return { ...row, text: null, finish: 'error', error: (error as Error).message };
    }
  };
  report();
  for await (const generation of asFinished(prompts, attempt, signal)) {
    done++;
    report();
    yield generation;
  }
}
