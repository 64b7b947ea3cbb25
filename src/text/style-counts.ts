import { lines } from './lines.ts';
import { splitWords } from './split-words.ts';

/** Numbers of the parts of an answer that please a judge whatever it says. */
export interface StyleCounts {
  /** Words separated by white space. */
  words: number;
  /** List items, bulleted or numbered. */
  lists: number;
  /** Markdown headers, of levels 1 to 6. */
  headers: number;
  /** Spans in bold. */
  bold: number;
}

const LIST_ITEM = /^\s*(?:[-*•+]|\d{1,3}[.)])\s+\S/;
const HEADER = /^#{1,6}\s/;
const BOLD = /\*\*[^*\n]+\*\*/g;

/**
 * Counts words, list items, headers and bold spans of an answer.
 *
 * @see Chiang et al. 2024, Chatbot Arena, style control
 * @example
 * styleCounts('# Fruits\n- **apples**\n- pears') // { words: 6, lists: 2, headers: 1, bold: 1 }
 */
export function styleCounts(text: string): StyleCounts {
  const all = lines(text);
  return {
    words: splitWords(text).length,
    lists: all.filter(line => LIST_ITEM.test(line.text)).length,
    headers: all.filter(line => HEADER.test(line.text)).length,
    bold: Array.from(text.matchAll(BOLD)).length,
  };
}
