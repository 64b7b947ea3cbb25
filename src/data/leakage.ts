import { nearestTexts, type SearchOptions } from './nearest-texts.ts';

/** A test query that is too like a training query. */
export interface Leak {
  /** Index of the test query. */
  index: number;
  /** Index of the training query that is most like it. */
  nearest: number;
  /** BLEU of the test query against it, percent. */
  bleu: number;
}

/** Test queries that the filter kept and dropped. */
export interface Leakage {
  /** Test queries. */
  n: number;
  /** Indices of the test queries that stay, ascending. */
  kept: number[];
  /** The others, ascending. */
  dropped: Leak[];
}

/** BLEU above which a test query counts as leaked, percent. §4.1, footnote 2 */
export const LEAKAGE_LIMIT = 20;

/**
 * Drops the test queries whose BLEU with any training query exceeds a limit: the test query is the prediction,
 * the training query the reference.
 *
 * @param limit percent; a score of exactly the limit stays.
 * @throws {RangeError} unless the limit is from 0 to 100.
 * @throws as {@link nearestTexts} does.
 * @see Gudibande et al. 2023, §4.1, footnote 2
 *
 * @example
 * const { dropped } = await leakage(['What is the capital of France?'], ['Please: what is the capital of France?']);
 * dropped.length; // 1
 */
export async function leakage(
  test: readonly string[],
  training: readonly string[],
  { limit = LEAKAGE_LIMIT, ...options }: SearchOptions & { limit?: number | undefined } = {},
): Promise<Leakage> {
  if (!(limit >= 0 && limit <= 100)) {
    throw new RangeError(`Cannot filter leaked queries: the limit must be from 0 to 100, found ${limit}`);
  }
  const { nearest, scores } = await nearestTexts(test, training, options);
  const found = Array.from(scores, (bleu, index) => ({ index, nearest: nearest[index] as number, bleu }));
  return {
    n: test.length,
    kept: found.filter(({ bleu }) => bleu <= limit).map(({ index }) => index),
    dropped: found.filter(({ bleu }) => bleu > limit),
  };
}
