/** Replaces each lone surrogate, which is no text, by U+FFFD, as UTF-8 does. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
