/**
 * Computes the differences a − b of scores of the same items; items without both are left out, as nothing is known of
 * them.
 *
 * @throws {RangeError} if the lists differ in length, or a score is no finite number.
 */
export function pairedDifferences(a: ArrayLike<number | null>, b: ArrayLike<number | null>): number[] {
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot compare pairs: the lists must be equally long, found ${a.length} and ${b.length}`,
    );
  }
  const differences: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const [left = null, right = null] = [a[i], b[i]];
    if (left === null || right === null) continue;
    const difference = left - right;
    if (!Number.isFinite(difference)) {
      throw new RangeError(
        `Cannot compare pairs: finite numbers are required, found ${left} and ${right} at ${i}`,
      );
    }
    differences.push(difference);
  }
  return differences;
}
