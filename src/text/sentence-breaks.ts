import { continues } from './continues.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Longest stretch given to the segmenter at once: its cost per sentence grows with the length of its input. */
const WINDOW = 4096;
/** Breaks this near to the end of a window are found again in the next one, with the text that follows in view. */
const MARGIN = 256;

/**
 * Finds the offsets inside a paragraph at which a new sentence begins, ascending, without 0. The Unicode rules
 * (UAX 29) propose the breaks; those inside an abbreviation, a name, a quotation or an address are dropped, see
 * {@link continues}.
 */
export function sentenceBreaks(paragraph: string): number[] {
  const plain = withoutMarkup(paragraph);
  return proposedBreaks(plain).filter(at => !continues(plain, at));
}

/**
 * Replaces Markdown in a paragraph by characters of the same length that the Unicode rules read rightly: a line break
 * and its quote mark is a space, emphasis and a footnote mark close like quotation marks, and an ellipsis is a full stop.
 */
function withoutMarkup(paragraph: string): string {
  return paragraph
    .replace(/[\r\n]+[^\S\r\n]*>*/g, found => ' '.repeat(found.length))
    .replace(/[*_~`]|\[\d{1,3}\]/g, found => '"'.repeat(found.length))
    .replaceAll('…', '.');
}

function proposedBreaks(plain: string): number[] {
  const breaks: number[] = [];
  let from = 0;
  let size = WINDOW;
  while (from < plain.length) {
    const end = from + size;
    const reliable = end < plain.length ? end - MARGIN : plain.length;
    let next = from;
    for (const { index } of segmenter.segment(plain.slice(from, end))) {
      if (index === 0 || from + index > reliable) continue;
      next = from + index;
      breaks.push(next);
    }
    if (end >= plain.length) break;
    // A sentence longer than the window: look at more of it.
    size = next === from ? size * 2 : WINDOW;
    from = next;
  }
  return breaks;
}
