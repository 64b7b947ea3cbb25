/** Words before a sentence's claim: a list's marker, a word that leads over. */
const OPENING =
  /^\s*(?:(?:[-*•]|\(?\d{1,3}[.)])\s+)?(?:(?:Overall|In summary|In short|To sum up|Also|Then|Yes),\s+)?/i;

/** Removes a list's marker, and a word that leads over, from before what a sentence claims. */
export function withoutOpening(sentence: string): string {
  return sentence.replace(OPENING, '');
}
