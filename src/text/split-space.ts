/**
 * White space as Python's `str.split` and `str.strip` see it. JavaScript's `\s` lacks the separators
 * U+001C–U+001F and U+0085, and has the byte order mark U+FEFF.
 */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const NO_SPACE = new RegExp(`[^${SPACE}]+`, 'g');
const TRAILING = new RegExp(`[${SPACE}]$`);

/** Splits a text at white space, as Python's `text.split()` does. */
export function splitSpace(text: string): string[] {
  return text.match(NO_SPACE) ?? [];
}

/** Trims white space at both ends, as Python's `text.strip()` does. */
export function trimSpace(text: string): string {
  let start = 0;
  while (start < text.length && TRAILING.test(text.charAt(start))) start++;
  return trimEndSpace(text.slice(start));
}

/** Trims white space at the end of a text, as Python's `text.rstrip()` does. */
export function trimEndSpace(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
