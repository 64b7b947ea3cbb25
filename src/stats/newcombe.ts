import type { Estimate } from '../schema.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { wilson } from './wilson.ts';

/** A number of successes among a number of trials. */
export interface Trials {
  successes: number;
  n: number;
}

/**
 * Computes Newcombe's hybrid score interval of the difference between two independent shares, without continuity
 * correction; both bounds are null where either has no trials.
 *
 * @param level confidence level; default 0.95.
 * @throws {RangeError} unless 0 ≤ successes ≤ n and 0 < level < 1.
 * @see Newcombe 1998, Interval estimation for the difference between independent proportions, method 10
 */
export function newcombe(first: Trials, second: Trials, level = DEFAULT_LEVEL): Interval {
  const a = wilson(first.successes, first.n, level);
  const b = wilson(second.successes, second.n, level);
  if (a.low === null || a.high === null || b.low === null || b.high === null)
    return { low: null, high: null };
  const p = first.successes / first.n;
  const q = second.successes / second.n;
  return {
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}

/**
 * Computes the difference between two shares with its 95 % Newcombe interval; `n` is that of both together. Without
 * trials on either side it has no value.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ n.
 */
export function shareDifference(first: Trials, second: Trials): Estimate {
  const value =
    first.n === 0 || second.n === 0 ? null : first.successes / first.n - second.successes / second.n;
  return { value, ...newcombe(first, second), n: first.n + second.n };
}
