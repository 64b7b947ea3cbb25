import { BLEU_ORDER } from './bleu-score.ts';

/**
 * Compares BLEU scores of one prediction with many references, by their logarithms: millions of comparisons need no
 * exponential, and the logarithms of small integers come from a table.
 */
export class LogBleu {
  readonly #logs: Float64Array;

  /** @param longest number of tokens of the longest text. */
  constructor(longest: number) {
    this.#logs = Float64Array.from({ length: longest + 1 }, (_, i) => Math.log(i));
  }

  /**
   * Computes the logarithm of BLEU, less a term that is the same for all references.
   *
   * @param matches n-grams that prediction and reference share, [0] of order 1; too high a number counts as the highest
   *   that is possible.
   * @param length tokens of the prediction, at least one.
   * @param referenceLength tokens of the reference.
   */
  score(matches: Int32Array, length: number, referenceLength: number): number {
    const orders = Math.min(BLEU_ORDER, length);
    const shorter = Math.min(length, referenceLength);
    let most = shorter;
    let sum = 0;
    let halvings = 0;
    for (let n = 0; n < orders; n++) {
      // No more n-grams can match than there are, nor than shorter ones do.
      most = Math.min(most, matches[n] as number, shorter - n);
      if (most > 0) sum += this.#logs[most] as number;
      else if (n === 0) return Number.NEGATIVE_INFINITY;
      else sum -= Math.LN2 * ++halvings;
    }
    return sum / orders + (referenceLength > length ? 1 - referenceLength / length : 0);
  }
}
