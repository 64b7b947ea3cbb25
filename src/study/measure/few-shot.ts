import type { GenerateRequest, PromptFormat } from '../../evaluate/index.ts';

/** An item with a user's request in a chat, in place of its question. */
export type Asked<Item> = Item & { request?: string | undefined };

/** A question with the answer that is shown as an example. */
export interface Example {
  question: string;
  answer: string;
}

/** Text before questions and answers, and between examples. */
export interface Marks {
  question: string;
  answer: string;
  between: string;
}

/** Marks of questions on facts and of arithmetic problems, as in the corpus. */
export const QUESTION_MARKS: Marks = { question: 'Q: ', answer: '\nA:', between: '\n' };

/** Marks of news, as in the corpus. */
export const NEWS_MARKS: Marks = { question: 'Article: ', answer: '\nSummary:', between: '\n' };

/**
 * Builds the request for an item: in a chat the user's words, else a prompt that shows examples.
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
 * Builds a prompt that shows examples and ends where the answer begins.
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
