import { lowercaseWords } from '../text/index.ts';
import { STOP_WORDS } from './function-words.ts';

/** Content words of an answer: each once, without stop words and the prompt's own. */
export type ContentWords = ReadonlySet<string>;

/**
 * Finds the content words of an answer.
 *
 * @param prompt its words are left out, since every answer to it repeats them; empty where it is not known.
 */
export function contentWords(text: string, prompt: string): ContentWords {
  const asked = new Set(lowercaseWords(prompt));
  return new Set(lowercaseWords(text).filter(word => !STOP_WORDS.has(word) && !asked.has(word)));
}
