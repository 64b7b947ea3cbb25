import type { FewShotPrompt, ShownExample } from '../../evaluate/index.ts';

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
 * Builds a prompt of marked questions after examples, which a chat may ask in the user's own words instead.
 *
 * @param stop what ends an answer to it in raw text.
 */
export function markedPrompt(
  { question, request = question }: Asked<{ question: string }>,
  examples: readonly Example[],
  { marks = QUESTION_MARKS, stop }: { marks?: Marks; stop?: readonly string[] } = {},
): FewShotPrompt {
  return {
    examples: examples.map(
      ({ question, answer }): ShownExample => ({ question: marked(question, marks), answer }),
    ),
    question: marked(question, marks),
    alone: request,
    separator: marks.between,
    ...(stop !== undefined && { stop }),
  };
}

/** Writes a question up to where its answer begins. */
export function marked(question: string, marks: Marks): string {
  return `${marks.question}${question}${marks.answer}`;
}
