import type { Span } from './span.ts';
import { WORD } from './split-words.ts';

/**
 * Finds the words of two texts that also occur in the other one, in any case, as spans of each raw text. On plain
 * ASCII these are the types of {@link diceCoefficient}; letters beyond a–z, which that measure treats as gaps, belong to their
 * word here, so that “café” lights up whole or not at all.
 */
export function unigramOverlap(a: string, b: string): { left: Span[]; right: Span[] } {
  const left = wordSpans(a);
  const right = wordSpans(b);
  const inLeft = new Set(left.map(word => word.key));
  const inRight = new Set(right.map(word => word.key));
  const span = ({ start, end }: Span): Span => ({ start, end });
  return {
    left: left.filter(word => inRight.has(word.key)).map(span),
    right: right.filter(word => inLeft.has(word.key)).map(span),
  };
}

function wordSpans(text: string): (Span & { key: string })[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    key: word.toLowerCase(),
  }));
}
