import { type NgramIndex, nearestByBleu } from '../text/index.ts';

/** A search that threads do together, in memory that they share. */
export interface Search {
  index: NgramIndex;
  /** [0] the next query that no thread has taken, [1] queries done. */
  counters: Int32Array;
  /** Index of the nearest reference of each query, −1 if none shares a token. */
  nearest: Int32Array;
  /** BLEU of each query against the nearest reference, percent. */
  scores: Float64Array;
}

/** Queries that a thread takes at a time. */
const BATCH = 64;

/** Searches for queries that no other thread has taken, until none is left. */
export function searchShare({ index, counters, nearest, scores }: Search): void {
  const find = nearestByBleu(index);
  const n = scores.length;
  for (let from = take(counters); from < n; from = take(counters)) {
    const end = Math.min(n, from + BATCH);
    for (let query = from; query < end; query++) {
      const found = find(query);
      nearest[query] = found.index;
      scores[query] = found.bleu;
    }
    Atomics.add(counters, 1, end - from);
  }
}

function take(counters: Int32Array): number {
  return Atomics.add(counters, 0, BATCH);
}
