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
