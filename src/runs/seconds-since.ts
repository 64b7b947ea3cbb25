/**
 * Time that has passed, in seconds, to a tenth of a millisecond.
 *
 * @param start what `performance.now()` said then.
 */
export function secondsSince(start: number): number {
  return Math.round((performance.now() - start) * 10) / 10_000;
}
