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
  const [a, b] = [first, second].map(({ successes, n }) => ({
    value: n === 0 ? null : successes / n,
    ...wilson(successes, n, level),
  }));
  return a && b ? squareAndAdd(a, b) : { low: null, high: null };
}

/**
 * Computes the interval of the difference between two independent estimates from the interval of each, by square and add;
 * both bounds are null where either has none.
 *
 * @see Zou & Donner 2008, Construction of confidence limits about effect measures: a general approach
 */
export function squareAndAdd(a: Omit<Estimate, 'n'>, b: Omit<Estimate, 'n'>): Interval {
  if (a.value === null || a.low === null || a.high === null) return { low: null, high: null };
  if (b.value === null || b.low === null || b.high === null) return { low: null, high: null };
  const difference = a.value - b.value;
  return {
    low: difference - Math.hypot(a.value - a.low, b.high - b.value),
    high: difference + Math.hypot(a.high - a.value, b.value - b.low),
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
