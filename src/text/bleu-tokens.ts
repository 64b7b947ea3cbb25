import { splitSpace, trimEndSpace } from './split-space.ts';

/**
 * Splits a text into the tokens that BLEU counts: sacrebleu's tokenizer `13a`, cased. Punctuation is split off,
 * except full stops and commas between digits; four HTML entities are decoded; words broken at the end of a line are
 * joined.
 *
 * @see mteval-v13a.pl of the NIST Open Machine Translation evaluation; Post 2018, A Call for Clarity in Reporting
 *   BLEU Scores
 * @example
 * bleuTokens('It costs $1,000.50.'); // ['It', 'costs', '$', '1,000.50', '.']
 */
export function bleuTokens(text: string): string[] {
  const line = trimEndSpace(text)
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  const separated = ` ${line} `
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return splitSpace(separated);
}
