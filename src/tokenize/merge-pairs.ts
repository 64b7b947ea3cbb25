import TinyQueue from 'tinyqueue';

/** Two neighbours that may become one symbol, [start, end) of the text. */
interface Pair {
  rank: number;
  start: number;
  middle: number;
  end: number;
}

/**
 * Byte-pair encoding: joins the two neighbours of the lowest rank, the leftmost of equals, until no two may
 * be joined. Takes n log n steps for n symbols, so that a run of a million equal characters does no harm.
 *
 * @param starts where each symbol starts, in order.
 * @param end where the last symbol ends.
 * @param rank the rank of [start, middle) and [middle, end) as one symbol, or `undefined` if they stay apart.
 * @returns where the symbols that are left start.
 * @see Sennrich et al. 2016, Neural Machine Translation of Rare Words with Subword Units
 */
export function mergePairs(
  starts: readonly number[],
  end: number,
  rank: (start: number, middle: number, end: number) => number | undefined,
): number[] {
  const endOf = new Map(starts.map((start, i) => [start, starts[i + 1] ?? end]));
  const before = new Map(starts.map((start, i) => [start, starts[i - 1]]));
  const pairAt = (start: number | undefined): Pair | undefined => {
    const middle = start === undefined ? undefined : endOf.get(start);
    const pairEnd = middle === undefined ? undefined : endOf.get(middle);
    if (start === undefined || middle === undefined || pairEnd === undefined) return undefined;
    const value = rank(start, middle, pairEnd);
    return value === undefined ? undefined : { rank: value, start, middle, end: pairEnd };
  };
  const pairs = new TinyQueue(
    starts.flatMap(start => pairAt(start) ?? []),
    (a, b) => a.rank - b.rank || a.start - b.start,
  );
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    // A symbol of the pair may have been joined to another one since.
    if (endOf.get(pair.start) !== pair.middle || endOf.get(pair.middle) !== pair.end) continue;
    endOf.set(pair.start, pair.end);
    endOf.delete(pair.middle);
    if (endOf.has(pair.end)) before.set(pair.end, pair.start);
    for (const start of [before.get(pair.start), pair.start]) {
      const next = pairAt(start);
      if (next) pairs.push(next);
    }
  }
  return [...endOf.keys()];
}
