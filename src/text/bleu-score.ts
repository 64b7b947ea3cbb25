/** Longest n-grams that BLEU counts. */
export const BLEU_ORDER = 4;

/** Counts that BLEU is computed from; those of several pairs are summed. */
export interface BleuCounts {
  /** Tokens of the prediction. */
  length: number;
  /** Tokens of the reference; of several the one whose length is nearest, the shorter of two equally near. */
  referenceLength: number;
  /** n-grams of the prediction that a reference holds too, each at most as often as there; [0] of order 1. */
  matches: number[];
  /** n-grams of the prediction; [0] of order 1. */
  totals: number[];
}

/**
 * Computes BLEU: the geometric mean of the shares of n-grams matched, times a penalty for predictions shorter than
 * their references. Orders without a match are smoothed exponentially: the first counts half a match, the next a
 * quarter, and so on. Without any match the score is 0.
 *
 * @param effectiveOrder takes the mean over the orders that the prediction is long enough for, as is meant for single
 *   sentences; else a prediction of fewer than four tokens scores 0.
 * @returns percent, 0 … 100 (a hair above by rounding, as in sacrebleu).
 * @see Papineni et al. 2002; Chen & Cherry 2014, method 3; sacrebleu 2.6, `BLEU.compute_bleu`
 */
export function bleuScore(counts: BleuCounts, effectiveOrder: boolean): number {
  const { length, referenceLength, matches, totals } = counts;
  if (!matches.some(matched => matched > 0)) return 0;
  let halvings = 1;
  let logarithms = 0;
  let order = 0;
  for (const [i, total] of totals.entries()) {
    if (total === 0) break;
    const matched = matches[i] ?? 0;
    if (matched === 0) halvings *= 2;
    logarithms += Math.log(matched === 0 ? 100 / (halvings * total) : (100 * matched) / total);
    order++;
  }
  if (order < totals.length && !effectiveOrder) return 0;
  const brevity = length < referenceLength ? Math.exp(1 - referenceLength / length) : 1;
  return brevity * Math.exp(logarithms / order);
}
