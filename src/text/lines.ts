import type { Span } from './span.ts';

/** One line of a text, without its line break. */
export interface Line extends Span {
  text: string;
}

/** The lines of a text; CR LF, LF and CR each end one. */
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
