/** Beyond this many standard deviations the series loses digits, and less than 1e-15 of the distribution is left. */
const FAR = 8;

/**
 * Computes the probability that a standard normal deviate is at most x; absolute error about 1e-15.
 *
 * @see Marsaglia 2004, Evaluating the Normal Distribution: ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …)
 */
export function normalProbability(x: number): number {
  if (Math.abs(x) > FAR) return x > 0 ? 1 : 0;
  let sum = x;
  let term = x;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    term *= x ** 2 / odd;
    sum += term;
  }
  const probability = 0.5 + (sum * Math.exp(-(x ** 2) / 2)) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(0, probability));
}
