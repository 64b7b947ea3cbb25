import type { GenerateRequest, PromptFormat } from '../../evaluate/index.ts';

/** An item with what a user of a chat says in place of its question. */
export type Asked<Item> = Item & { request?: string | undefined };

/** A question with the answer that is shown for it. */
export interface Example {
  question: string;
  answer: string;
}

/** What stands before questions and answers, and between examples. */
export interface Marks {
  question: string;
  answer: string;
  between: string;
}

/** As the corpus lists questions on facts, and tells sums. */
export const QUESTION_MARKS: Marks = { question: 'Q: ', answer: '\nA:', between: '\n' };

/** As the corpus tells news. */
export const NEWS_MARKS: Marks = { question: 'Article: ', answer: '\nSummary:', between: '\n' };

/**
 * What a model is asked of an item: in a chat what a user says, else a prompt that shows examples.
 *
 * @param plain the prompt, and what ends an answer to it.
 */
export function askedAs(
  promptFormat: PromptFormat,
  request: string,
  plain: { prompt: string; stop: readonly string[]; maxTokens: number },
): GenerateRequest {
  return promptFormat === 'chat' ? { prompt: request, maxTokens: plain.maxTokens } : plain;
}

/**
 * A prompt that shows examples and ends where the answer begins.
 *
 * @example
 * fewShot([{ question: '1 + 1?', answer: '2' }], '2 + 3?') // 'Q: 1 + 1?\nA: 2\nQ: 2 + 3?\nA:'
 */
export function fewShot(
  examples: readonly Example[],
  question: string,
  marks: Marks = QUESTION_MARKS,
): string {
  const shown = examples.map(
    example => `${marks.question}${example.question}${marks.answer} ${example.answer}${marks.between}`,
  );
  return `${shown.join('')}${marks.question}${question}${marks.answer}`;
}
