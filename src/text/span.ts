/** A stretch of a text: UTF-16 code units from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** Trims the white space at a span's ends; null if nothing is left. */
export function trimSpan(text: string, { start, end }: Span): Span | null {
  // Code unit by code unit: a regular expression for trailing white space is quadratic in its length.
  while (start < end && isSpace(text, start)) start++;
  while (start < end && isSpace(text, end - 1)) end--;
  return start < end ? { start, end } : null;
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}
