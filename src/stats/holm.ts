/**
 * Adjusts p values for their number: a test that rejects where the adjusted value is at most α rejects a true null
 * hypothesis anywhere among them with a probability of at most α.
 *
 * @returns the adjusted values in the order of the given ones, at most 1.
 * @see Holm 1979, A Simple Sequentially Rejective Multiple Test Procedure
 * @example
 * holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(values: readonly number[]): number[] {
  const ascending = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(values.length).fill(1);
  let largest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}
