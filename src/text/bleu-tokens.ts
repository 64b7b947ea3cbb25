import { splitSpace, trimEndSpace, trimSpace } from './split-space.ts';

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
  return splitPunctuation(` ${line} `);
}

/** Splits a text at white space and ASCII's punctuation, except full stops and commas between digits. */
function splitPunctuation(line: string): string[] {
  const separated = line
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return splitSpace(separated);
}

/**
 * Characters that `zh` takes for Chinese, by sacrebleu's list. It means to hold two blocks beyond U+FFFF, whose bounds
 * are written as texts of two characters; compared as such, they make it U+2001 to U+2A6D, quotation marks and dashes
 * among them, and no character beyond U+FFFF is in it.
 */
const CHINESE =
  /[\u2001-\u2a6d\u2e80-\u2fff\u3000-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u33ff\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/g;

/**
 * Splits a text into Chinese characters and, as `13a` splits them, the words between: sacrebleu's tokenizer `zh`.
 *
 * @see sacrebleu 2.6, `TokenizerZh`
 */
export function zhTokens(text: string): string[] {
  return splitPunctuation(trimSpace(text).replace(CHINESE, ' $& '));
}

/**
 * Splits a text at white space, the punctuation of all scripts, except between digits, and symbols: sacrebleu's
 * tokenizer `intl`.
 *
 * @see sacrebleu 2.6, `TokenizerV14International`; mteval-v14.pl
 */
export function intlTokens(text: string): string[] {
  const separated = trimEndSpace(text)
    .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
    .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
    .replace(/\p{S}/gu, ' $& ');
  return splitSpace(separated);
}

/**
 * Splits a text into its characters (code points) without white space: sacrebleu's tokenizer `char`.
 *
 * @see sacrebleu 2.6, `TokenizerChar`
 */
export function charTokens(text: string): string[] {
  return splitSpace([...text].join(' '));
}

/**
 * A character of a script that writes no spaces between words, with its marks, or punctuation of a script other than
 * Latin. Punctuation that Latin texts share stays as `13a` has it.
 */
const UNSPACED =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\u30fc\uff70]|(?![\u2000-\u206f\u2e00-\u2e7f])(?=[\u0370-\u{10ffff}])\p{P})\p{M}*/gu;

/**
 * Splits a text by its scripts: as `13a` does, and each character of a script that writes no spaces between words
 * (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) apart, with its marks; so is the punctuation of scripts other
 * than Latin. A text in Latin letters has the tokens of `13a`.
 *
 * @example
 * scriptTokens('iPhone的价格是多少？'); // ['iPhone', '的', '价', '格', '是', '多', '少', '？']
 */
export function scriptTokens(text: string): string[] {
  return bleuTokens(text.replace(UNSPACED, ' $& '));
}
