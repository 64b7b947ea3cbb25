/**
 * Computes the value below which the share p of the values lies, interpolated linearly between neighbours (type 7 of
 * Hyndman & Fan 1996, the default of NumPy and R); null of no values.
 *
 * @param values in any order.
 * @throws {RangeError} unless 0 ≤ p ≤ 1.
 */
export function quantile(values: ArrayLike<number>, p: number): number | null {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`Cannot take a quantile: p must be from 0 to 1, found ${p}`);
  }
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}
