import type { Estimate } from '../schema.ts';
import { checkLevel, DEFAULT_LEVEL, type Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Computes the Wilson score interval of a share, without continuity correction; of no trials both bounds are null.
 *
 * @param level confidence level; default 0.95.
 * @throws {RangeError} unless 0 ≤ successes ≤ n and 0 < level < 1.
 * @see Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference
 */
export function wilson(successes: number, n: number, level = DEFAULT_LEVEL): Interval {
  checkLevel(level);
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(
      `Cannot make a Wilson interval: 0 ≤ successes ≤ n must hold, found ${successes} of ${n}`,
    );
  }
  if (n === 0) return { low: null, high: null };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // Exact at the ends, where rounding would leave a bound of 1e-17 or step outside 0 … 1.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === n ? 1 : (centre + half) / scale,
  };
}

/**
 * Computes a share with its 95 % Wilson interval; of no trials it has neither.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ n.
 */
export function share(successes: number, n: number): Estimate {
  return { value: n === 0 ? null : successes / n, ...wilson(successes, n), n };
}
