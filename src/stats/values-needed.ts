import { noncentralTProbability } from './noncentral-t.ts';
import { normalQuantile } from './normal-quantile.ts';
import { tQuantile } from './t-quantile.ts';

/** Options of {@link valuesNeeded}. */
export interface PowerOptions {
  /** Probability of a false alarm; default 0.025, that of a bound of a 95 % interval. */
  alpha?: number;
  /** Probability with which the effect is found; default 0.8. */
  power?: number;
}

/** Number from which the normal approximation is used: there it differs by one at most. */
const MANY = 1000;

/**
 * Computes the number of values that a one-sided t test requires to find an effect with the stated power, by the
 * noncentral t distribution.
 *
 * @param effect true distance of the mean from the null hypothesis, above 0.
 * @param spread standard deviation of the values, from 0 on.
 * @returns a whole number from 2 on.
 * @throws {RangeError} if effect or spread is out of range.
 * @example
 * valuesNeeded(0.05, 0.05) // 10
 */
export function valuesNeeded(
  effect: number,
  spread: number,
  { alpha = 0.025, power = 0.8 }: PowerOptions = {},
): number {
  if (!(effect > 0 && spread >= 0 && Number.isFinite(spread)))
    throw new RangeError(
      `Cannot count the values needed: an effect > 0 and a spread >= 0 are required, got ${effect} and ${spread}`,
    );
  const size = effect / spread;
  const aboutNeeded = ((normalQuantile(1 - alpha) + normalQuantile(power)) / size) ** 2;
  if (aboutNeeded > MANY) return Math.ceil(aboutNeeded + normalQuantile(1 - alpha) ** 2 / 2);
  // The t test needs more values than one of known spread.
  let n = Math.max(2, Math.floor(aboutNeeded));
  while (tTestPower(size, n, alpha) < power) n++;
  return n;
}

/** Computes the power of a one-sided t test of n values. @param size effect in standard deviations. */
function tTestPower(size: number, n: number, alpha: number): number {
  if (!Number.isFinite(size)) return 1;
  return 1 - noncentralTProbability(tQuantile(1 - alpha, n - 1), n - 1, size * Math.sqrt(n));
}
