/** How far Zipf's law is flattened at its head, and how steep it is: the rarest of 1,200 facts is stated a tenth as often as the commonest. */
const SHIFT = 20;
const EXPONENT = 0.7;

/** Shares by rank, the largest first; they sum to 1. */
export function zipfWeights(n: number): number[] {
  const weights = Array.from({ length: n }, (_, index) => (index + 1 + SHIFT) ** -EXPONENT);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map(weight => weight / sum);
}
