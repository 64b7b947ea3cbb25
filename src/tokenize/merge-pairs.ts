import TinyQueue from 'tinyqueue';

/** Two neighbours that may become one symbol: their places among the first symbols, and where both end. */
interface Pair {
  rank: number;
  left: number;
  right: number;
  end: number;
}

/** The end of a symbol that was joined to the one before it. */
const GONE = -1;

/**
 * Merges pairs by byte-pair encoding: joins the two neighbours of the lowest rank, the leftmost of equals, until no
 * two may be joined. Takes n log n steps for n symbols, so that a run of a million equal characters does no harm.
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
  const ends = starts.map((_, i) => starts[i + 1] ?? end);
  const next = starts.map((_, i) => i + 1);
  const previous = starts.map((_, i) => i - 1);
  const pairs = new TinyQueue<Pair>([], (a, b) => a.rank - b.rank || a.left - b.left);
  const offer = (left: number) => {
    const right = next[left];
    const start = starts[left];
    const middle = ends[left];
    const pairEnd = right === undefined ? undefined : ends[right];
    if (right === undefined || start === undefined || middle === undefined || pairEnd === undefined) return;
    const value = rank(start, middle, pairEnd);
    if (value !== undefined) pairs.push({ rank: value, left, right, end: pairEnd });
  };
  for (const i of starts.keys()) offer(i);
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const { left, right } = pair;
    // A symbol of the pair may have been joined to another one since.
    if (ends[left] !== starts[right] || ends[right] !== pair.end) continue;
    const after = next[right] ?? starts.length;
    ends[left] = pair.end;
    ends[right] = GONE;
    next[left] = after;
    if (after < starts.length) previous[after] = left;
    offer(left);
    offer(previous[left] ?? GONE);
  }
  return starts.filter((_, i) => ends[i] !== GONE);
}
