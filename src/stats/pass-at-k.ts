/**
 * Estimates pass@k without bias: the probability that at least one of k samples passes, from n samples of which c
 * passed. It is 1 − C(n − c, k) / C(n, k), computed as 1 − ∏ (1 − k / i) for i from n − c + 1 to n, which neither
 * overflows nor cancels.
 *
 * @param n samples drawn of one problem.
 * @param c how many of them passed.
 * @param k samples that may be tried.
 * @returns 0 … 1. The score of a benchmark is the mean over its problems.
 * @throws {RangeError} unless all are integers with 0 ≤ c ≤ n and 1 ≤ k ≤ n: from fewer than k samples there is no
 *   unbiased estimate.
 * @see Chen et al. 2021, Evaluating Large Language Models Trained on Code, §2.1
 *
 * @example
 * // Of the 10 ways to choose 3 of 5 samples, 1 holds none of the 2 that passed.
 * passAtK(5, 2, 3); // 0.9
 */
export function passAtK(n: number, c: number, k: number): number {
  if (![n, c, k].every(Number.isInteger) || c < 0 || c > n || k < 1 || k > n) {
    throw new RangeError(
      `Cannot estimate pass@k: integers with 0 ≤ c ≤ n and 1 ≤ k ≤ n are required, found n ${n}, c ${c}, k ${k}`,
    );
  }
  if (n - c < k) return 1;
  let allFail = 1;
  for (let i = n - c + 1; i <= n; i++) allFail *= 1 - k / i;
  return 1 - allFail;
}
