import { withinAngle } from './t-probability.ts';

/** Halvings of the bracket: more than a double can resolve. */
const HALVINGS = 200;

/**
 * Computes a quantile of Student's t distribution, to about 1e-12.
 *
 * @param p probability below it, 0 < p < 1.
 * @param degrees of freedom, a whole number from 1 on.
 * @throws {RangeError} if either is out of range.
 * @see Abramowitz and Stegun 1964, 26.7.3 and 26.7.4: the distribution as a finite sum
 */
export function tQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && Number.isInteger(degrees) && degrees >= 1)) {
    throw new RangeError(
      `Cannot take a quantile of Student's t: 0 < p < 1 and whole degrees of freedom from 1 on are required, found p ${p} and ${degrees}`,
    );
  }
  if (p < 0.5) return -tQuantile(1 - p, degrees);
  // The angle θ = atan(t / √degrees) has both bounds, however far out the quantile lies.
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (withinAngle(middle, degrees) < 2 * p - 1) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}
