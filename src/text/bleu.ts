import type { TokenizerName } from '../schema.ts';
import { BLEU_ORDER, type BleuCounts, bleuScore } from './bleu-score.ts';
import { ngrams } from './ngrams.ts';
import { TOKENIZERS, type TokenizerOption } from './tokenizers.ts';

/** Reference of a prediction: one text, or several of which each n-gram may come from any. */
export type References = string | readonly string[];

/**
 * Computes BLEU of one prediction, equal to sacrebleu's sentence level: tokens of `13a` or another tokenizer, cased,
 * n-grams up to four as far as the prediction is long enough, exponential smoothing.
 *
 * @returns percent.
 * @throws {RangeError} if there is no reference.
 * @see Papineni et al. 2002; Post 2018; sacrebleu 2.6, `sentence_bleu`
 *
 * @example
 * // Given table, aq.
 * // All n-grams match; exp(1 − 4/3) for brevity.
 * bleu('the cat sat', 'the cat sat down'); // 71.65…
 * // Over an arquero table:
 * table.derive({ bleu: aq.escape((row: Record<string, string>) => bleu(row.prediction, row.reference)) });
 */
export function bleu(prediction: string, references: References, options: TokenizerOption = {}): number {
  return bleuScore(countMatches(prediction, references, options.tokenizer), true);
}

/**
 * Computes BLEU of a corpus, equal to sacrebleu's: n-grams are counted over all pairs before shares are taken. It is
 * not the mean of the sentences' scores.
 *
 * @param predictions texts, paired with `references` by index.
 * @returns percent, or null of no pairs.
 * @throws {RangeError} if the lists differ in length, or a prediction has no reference.
 * @see sacrebleu 2.6, `corpus_bleu`
 */
export function corpusBleu(
  predictions: readonly string[],
  references: readonly References[],
  options: TokenizerOption = {},
): number | null {
  if (predictions.length !== references.length) {
    throw new RangeError(
      `Cannot score a corpus by BLEU: as many references as predictions are required, found ${references.length} for ${predictions.length}`,
    );
  }
  if (predictions.length === 0) return null;
  const sum = noCounts();
  for (const [i, prediction] of predictions.entries()) {
    const counts = countMatches(prediction, references[i] ?? [], options.tokenizer);
    sum.length += counts.length;
    sum.referenceLength += counts.referenceLength;
    sum.matches = sum.matches.map((matched, n) => matched + (counts.matches[n] ?? 0));
    sum.totals = sum.totals.map((total, n) => total + (counts.totals[n] ?? 0));
  }
  return bleuScore(sum, false);
}

function noCounts(): BleuCounts {
  const zeros = () => new Array<number>(BLEU_ORDER).fill(0);
  return { length: 0, referenceLength: 0, matches: zeros(), totals: zeros() };
}

function countMatches(
  prediction: string,
  references: References,
  tokenizer: TokenizerName = '13a',
): BleuCounts {
  const tokenize = TOKENIZERS[tokenizer];
  const tokens = tokenize(prediction);
  const others = (typeof references === 'string' ? [references] : references).map(text => tokenize(text));
  const counts = noCounts();
  counts.length = tokens.length;
  counts.referenceLength = nearestLength(tokens.length, others);
  for (let n = 1; n <= BLEU_ORDER; n++) {
    const held = new Map<string, number>();
    for (const other of others) {
      for (const [gram, count] of ngrams(other, n)) held.set(gram, Math.max(held.get(gram) ?? 0, count));
    }
    let matched = 0;
    for (const [gram, count] of ngrams(tokens, n)) matched += Math.min(count, held.get(gram) ?? 0);
    counts.matches[n - 1] = matched;
    counts.totals[n - 1] = Math.max(0, tokens.length - n + 1);
  }
  return counts;
}

function nearestLength(length: number, references: readonly string[][]): number {
  const [first, ...others] = references.map(tokens => tokens.length).sort((a, b) => a - b);
  if (first === undefined) throw new RangeError('Cannot score by BLEU: a reference is required, found none');
  return others.reduce(
    (nearest, other) => (Math.abs(other - length) < Math.abs(nearest - length) ? other : nearest),
    first,
  );
}
