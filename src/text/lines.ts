import type { Span } from './span.ts';

const LIST_MARKER = /^\s*(?:[-*•+–]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+(?=\S)/;

/** One line of a text, without its line break. */
export interface Line extends Span {
  text: string;
}

/** Splits a text into its lines; CR LF, LF and CR each end one. */
export function lines(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
    found.push({ start, end: lineBreak.index, text: text.slice(start, lineBreak.index) });
    start = lineBreak.index + lineBreak[0].length;
  }
  found.push({ start, end: text.length, text: text.slice(start) });
  return found;
}

/**
 * Returns the length of the marker that makes a line a list item, with the white space around it: a bullet (`- * • +
 * –`), a number (`1.`, `2)`, `(3)`) or a letter (`a.`, `B)`), then white space and text. 0 if the line is no item.
 */
export function listMarkerLength(line: string): number {
  return LIST_MARKER.exec(line)?.[0].length ?? 0;
}
