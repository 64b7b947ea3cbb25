import type { Tokenizer } from './tokenizer.ts';

/** Counts a text's tokens by a tokenizer: for stages that take a counter and know no tokenizers. */
export function countTokens(tokenizer: Tokenizer): (text: string) => number {
  return text => tokenizer.encode(text).length;
}
