import { blocks } from './blocks.ts';
import { sentenceBreaks } from './sentence-breaks.ts';
import { type Span, trimSpan } from './span.ts';

/** A sentence of a text, with the raw text between its offsets. */
export interface Sentence extends Span {
  text: string;
}

/**
 * Splits an answer into its sentences, in order. Markdown comes first: a heading, a list item, a table row and a
 * block of fenced code never share a sentence with their neighbours, and code and table rows are one each. A list
 * marker belongs to the first sentence of its item. Inside a paragraph the Unicode rules decide (UAX 29,
 * `Intl.Segmenter`), corrected for abbreviations, initials, ellipses and quotations.
 *
 * Sentences do not overlap, begin and end in no white space, and together hold every other character.
 *
 * @returns offsets in UTF-16 code units of the raw text; `text` equals `text.slice(start, end)`.
 *
 * @example
 * const sentences = splitSentences('1. Dr. Smith agrees. Two of three do not.');
 * sentences.map(sentence => sentence.text); // ['1. Dr. Smith agrees.', 'Two of three do not.']
 */
export function splitSentences(text: string): Sentence[] {
  return blocks(text)
    .flatMap(block => {
      const breaks = block.whole
        ? []
        : sentenceBreaks(text.slice(block.prose, block.end)).map(at => block.prose + at);
      const starts = [block.start, ...breaks];
      return starts.flatMap((start, i) => trimSpan(text, { start, end: starts[i + 1] ?? block.end }) ?? []);
    })
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}
