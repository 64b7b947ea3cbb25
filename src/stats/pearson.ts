import { mean } from './mean.ts';

/**
 * Computes Pearson's correlation of paired values, from −1 to 1; null when it is undefined: fewer than two pairs, or
 * no variance in one of the lists.
 *
 * @throws {RangeError} if the lists differ in length.
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot correlate: the lists must be equally long, found ${x.length} and ${y.length}`,
    );
  }
  const meanX = mean(x);
  const meanY = mean(y);
  if (meanX === null || meanY === null) return null;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (isConstant(x) || isConstant(y)) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

// Compared rather than read off the variance: the mean of equal values can miss them by a rounding error.
function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
