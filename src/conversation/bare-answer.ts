import { splitWords } from '../text/index.ts';
import { endOfEcho } from './echo.ts';
import { splitReasoning } from './split-reasoning.ts';

/** Numbers of words of what a model wrote: of its answer, and of what is no part of it. */
export interface AnswerWords {
  /** Words of the answer. */
  kept: number;
  /** Words of the reasoning that was cut. */
  reasoning: number;
  /** Words of the echoed prompt that were cut, a template's labels among them. */
  echo: number;
}

/** A model's answer alone, and how much was cut from what it wrote. */
export interface BareAnswer {
  text: string;
  words: AnswerWords;
}

/** Options of {@link bareAnswer}. */
export interface BareAnswerOptions {
  /** The prompt, which a text may repeat before the answer; without it nothing is cut as an echo. */
  prompt?: string | undefined;
  /** Reasoning that was recorded apart from the text, such as `reasoning_content`; it is counted as cut. */
  reasoning?: string | undefined;
}

/**
 * Cuts from a text what is no part of the answer, before its style is measured: reasoning, see {@link splitReasoning},
 * and the echoed prompt.
 *
 * @example
 * bareAnswer('Name a fruit, please.\n<think>Any.</think>Apples.', { prompt: 'Name a fruit, please.' })
 * // { text: 'Apples.', words: { kept: 1, reasoning: 1, echo: 4 } }
 */
export function bareAnswer(
  text: string,
  { prompt = '', reasoning = '' }: BareAnswerOptions = {},
): BareAnswer {
  const before = endOfEcho(text, prompt);
  const split = splitReasoning(before === 0 ? text : text.slice(before));
  // A model that reasons first may repeat the prompt after it.
  const after = before === 0 && split.reasoning !== undefined ? endOfEcho(split.content, prompt) : 0;
  const answer = after === 0 ? split.content : split.content.slice(after);
  return {
    text: answer,
    words: {
      kept: count(answer),
      reasoning: count(reasoning) + count(split.reasoning ?? ''),
      echo: count(text.slice(0, before)) + count(split.content.slice(0, after)),
    },
  };
}

function count(text: string): number {
  return splitWords(text).length;
}
