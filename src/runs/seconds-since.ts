/**
 * Returns the time that has passed, in seconds, to a tenth of a millisecond.
 *
 * @param start value of `performance.now()` then.
 */
export function secondsSince(start: number): number {
  return Math.round((performance.now() - start) * 10) / 10_000;
}
