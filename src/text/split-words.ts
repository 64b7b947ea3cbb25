/** Words as a reader sees them: letters of any script, marks and digits; one ideograph is one word. */
export const WORD = /\p{Ideographic}|(?:(?!\p{Ideographic})[\p{L}\p{M}\p{N}])+/gu;

/** Splits a text into the words by which length is counted: runs of anything but white space. */
export function splitWords(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}

/**
 * Splits a text into the tokens by which word choice is measured: runs of a–z and 0–9 of the lowercased text, in
 * order.
 */
export function unigrams(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/**
 * Splits a text into its words of any script, in lower case and in order: runs of letters, marks and digits; one
 * ideograph is one word.
 */
export function lowercaseWords(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
