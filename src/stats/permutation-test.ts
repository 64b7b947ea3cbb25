import { mean } from './mean.ts';
import { pairedDifferences } from './paired-differences.ts';
import { seededRandom } from './seeded-random.ts';

/** Options of {@link permutationTest}. */
export interface PermutationOptions {
  /** Seed of the draws; default 0. */
  seed?: number | string;
  /** Assignments of signs to draw; where all of them are no more than this, they are all counted. Default 10,000. */
  permutations?: number;
}

/** A two-sided test of paired scores. */
export interface PairedTest {
  /** Mean of a − b; null of no pairs. */
  difference: number | null;
  /** Probability of a mean at least as far from 0, were each pair as likely the other way round. */
  p: number;
  /** Items that both scored. */
  n: number;
}

/** Means nearer than this share of the largest possible one count as equally far from 0. */
const ROUNDING = 1e-12;

/**
 * Tests the mean of paired differences by permutation: the signs of the differences are exchanged, all of them where
 * that is feasible, else drawn, the found assignment counted among the drawn. Assumes of the scores
 * only that under the null hypothesis either model could have got either score.
 *
 * @param a scores by item; null where an item was not scored.
 * @param b scores of the same items.
 * @throws {RangeError} if the lists differ in length, a score is no finite number, or permutations is no integer ≥ 1.
 * @see Fisher 1935, The Design of Experiments, §21; Phipson & Smyth 2010 for counting the found assignment
 */
export function permutationTest(
  a: ArrayLike<number | null>,
  b: ArrayLike<number | null>,
  { seed = 0, permutations = 10_000 }: PermutationOptions = {},
): PairedTest {
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new RangeError(
      `Cannot test by permutation: permutations must be an integer ≥ 1, found ${permutations}`,
    );
  }
  const differences = pairedDifferences(a, b);
  const n = differences.length;
  // Pairs without a difference are the same either way.
  const sizes = differences.map(Math.abs).filter(size => size > 0);
  const largest = sizes.reduce((sum, size) => sum + size, 0);
  const found = Math.abs(differences.reduce((sum, difference) => sum + difference, 0)) - largest * ROUNDING;
  const p =
    2 ** sizes.length <= permutations
      ? shareOfAll(sizes, found)
      : shareOfDrawn(sizes, found, permutations, seed);
  return { difference: mean(differences), p, n };
}

function shareOfAll(sizes: readonly number[], found: number): number {
  const count = 2 ** sizes.length;
  let far = 0;
  for (let signs = 0; signs < count; signs++) {
    const sum = sizes.reduce((total, size, i) => total + ((signs >> i) & 1 ? size : -size), 0);
    if (Math.abs(sum) >= found) far++;
  }
  return far / count;
}

function shareOfDrawn(
  sizes: readonly number[],
  found: number,
  permutations: number,
  seed: number | string,
): number {
  const { next } = seededRandom(seed);
  let far = 1;
  for (let draw = 0; draw < permutations; draw++) {
    let sum = 0;
    for (const size of sizes) sum += next() < 0.5 ? size : -size;
    if (Math.abs(sum) >= found) far++;
  }
  return far / (permutations + 1);
}
