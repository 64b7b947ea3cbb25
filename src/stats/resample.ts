import { seededRandom } from './seeded-random.ts';

/** Options of {@link resample}. */
export interface ResampleOptions {
  /** Seed of the draws; default 0. */
  seed?: number | string;
  /** Number of resamples; default 2,000. With 0 there is no interval. */
  resamples?: number;
}

/**
 * Draws bootstrap resamples: each yields n indices from 0 … n − 1 with replacement. One array is refilled for every
 * resample; copy it to keep it.
 *
 * @throws {RangeError} if n or the number of resamples is no integer ≥ 0.
 * @see Efron 1979, Bootstrap Methods: Another Look at the Jackknife
 */
export function* resample(n: number, options: ResampleOptions = {}): Generator<Int32Array, void> {
  const { seed = 0, resamples = 2000 } = options;
  if (!Number.isInteger(n) || n < 0 || !Number.isInteger(resamples) || resamples < 0) {
    throw new RangeError(
      `Cannot resample: both counts must be integers ≥ 0, found n ${n}, resamples ${resamples}`,
    );
  }
  if (n === 0) return;
  const { integer } = seededRandom(seed);
  const indices = new Int32Array(n);
  for (let i = 0; i < resamples; i++) {
    for (let j = 0; j < n; j++) indices[j] = integer(n);
    yield indices;
  }
}

/**
 * Counts how often a resample draws each index.
 *
 * @param indices of a resample, as {@link resample} yields them.
 * @param n number of indices that it draws from.
 * @example
 * Array.from(timesDrawn(Int32Array.of(2, 0, 2), 3)) // [1, 0, 2]
 */
export function timesDrawn(indices: Int32Array, n: number): Int32Array {
  const times = new Int32Array(n);
  for (const index of indices) times[index] = (times[index] ?? 0) + 1;
  return times;
}
