import { type Line, lines, listMarkerLength } from './lines.ts';
import type { Span } from './span.ts';

/** A Markdown block as far as sentences care. */
export interface Block extends Span {
  /** Offset of its prose, after a list marker, quote marks or the `#` of a heading. */
  prose: number;
  /** True for one piece (fenced code, table row) rather than sentences. */
  whole: boolean;
}

const FENCE = /^\s*(?:(`{3,})[^`]*|(~{3,}).*)$/;
const HEADING = /^\s*#{1,6}\s+(?=\S)/;
const QUOTE = /^\s*(?:>\s?)+/;
const TABLE_ROW = /^\s*\|/;
/** The rule under a table's header, or a line of `---` or `===`: it belongs to the line above. */
const RULE = /^\s*(?:\|[\s|:-]+|-{2,}\s*|={2,}\s*)$/;
/**
 * Line ending that ends a line permanently in Markdown (two spaces or a backslash), or a colon, which announces what
 * follows.
 */
const HARD_BREAK = /(?: {2}|\\|:[*_]*\s?)$/;

/**
 * Splits a text into its Markdown blocks, in order: paragraphs, headings, quotes, list items with the lines that
 * continue them, table rows, and fenced code whole with its fences. Every character but white space lies in exactly
 * one. A paragraph also ends at a hard line break and after a line that ends in a colon.
 */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let fence = '';
  let quoted = false;
  /** Kind of the line above: the next line continues `prose`; a `closed` one accepts only a rule. */
  let above: 'prose' | 'closed' | 'nothing' = 'nothing';

  for (const line of lines(text)) {
    const last = found.at(-1);
    if (fence !== '' && last) {
      last.end = line.end;
      if (closes(line, fence)) fence = '';
      continue;
    }
    if (!/\S/.test(line.text)) {
      above = 'nothing';
      continue;
    }
    if (last && above !== 'nothing' && RULE.test(line.text)) {
      last.end = line.end;
      above = 'closed';
      continue;
    }
    const opening = FENCE.exec(line.text);
    fence = opening?.[1] ?? opening?.[2] ?? '';
    if (fence !== '' || TABLE_ROW.test(line.text)) {
      found.push({ start: line.start, end: line.end, prose: line.start, whole: true });
      above = fence === '' ? 'closed' : 'nothing';
      continue;
    }
    const quote = QUOTE.exec(line.text)?.[0].length ?? 0;
    const content = line.text.slice(quote);
    const heading = HEADING.exec(content)?.[0].length ?? 0;
    const marker = heading || listMarkerLength(content);
    if (last && above === 'prose' && marker === 0 && quote > 0 === quoted) last.end = line.end;
    else found.push({ start: line.start, end: line.end, prose: line.start + quote + marker, whole: false });
    quoted = quote > 0;
    above = heading > 0 || HARD_BREAK.test(line.text.slice(-8)) ? 'closed' : 'prose';
  }
  return found;
}

/** Reports whether a line ends a fence: the same sign, at least as long. */
function closes(line: Line, fence: string): boolean {
  const sign = line.text.trim();
  return sign.startsWith(fence) && sign === fence.charAt(0).repeat(sign.length);
}
