import { splitReasoning } from '../../conversation/index.ts';

/** Digits and signs of East Asian width. */
const FULL_WIDTH = /[！-～]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/** Marks of Markdown and LaTeX around a line, which change no score. */
const LINE_START = /^[\s>#]*(?:[-*•+]\s+|\d{1,2}[.)]\s+(?=[*_]*[a-z]))?/i;
const BOXED = /\\boxed\{([^{}]*)\}/g;
const EMPHASIS = /[*`$]+|__+|^_|_$/g;
const FENCE = /^\s*(?:```|~~~)/;
const TABLE_BORDERS = /^\s*\|\s*|\s*\|\s*$/g;

/** Takes reasoning out of a reply, and makes its line ends and digits the plain ones. */
export function plainReply(text: string): string {
  return splitReasoning(text)
    .content.replace(/\r\n?/g, '\n')
    .replace(FULL_WIDTH, sign => String.fromCodePoint((sign.codePointAt(0) ?? 0) - FULL_WIDTH_OFFSET));
}

/** Splits a plain reply into the lines with something on them, without the marks of Markdown around them. */
export function plainLines(reply: string): string[] {
  return reply
    .split('\n')
    .filter(line => !FENCE.test(line))
    .map(line =>
      line
        .replace(LINE_START, '')
        .replace(BOXED, '$1')
        .replace(EMPHASIS, '')
        .replace(TABLE_BORDERS, '')
        .trim(),
    )
    .filter(line => /\w/.test(line));
}
