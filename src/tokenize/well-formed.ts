/** The text with U+FFFD for each lone surrogate, which is no text: what UTF-8 makes of it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
