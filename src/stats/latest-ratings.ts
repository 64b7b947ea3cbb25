import type { Rating } from '../schema.ts';

/** Returns the key of two answers to one prompt, by their ids, the same for both orders. */
export function pairKey(promptId: string, one: string, other: string): string {
  return JSON.stringify([promptId, ...[one, other].sort()]);
}

/**
 * Selects the ratings that count: of several by one annotator on one pair of answers the latest, and of a pair whose
 * texts changed those on the texts that were rated last.
 *
 * @param ratings in any order; of two with the same time the later in the list is the later one.
 * @returns in the order in which pairs, and annotators within them, first appear.
 */
export function latestRatings(ratings: readonly Rating[]): Rating[] {
  const pairs = new Map<string, Map<string, Rating>>();
  for (const rating of inTime(ratings)) {
    const { promptId, annotator, left, right, contentHash } = rating;
    const pair = pairKey(promptId, left, right);
    const votes = pairs.get(pair) ?? new Map<string, Rating>();
    const other = [...votes.values()].some(vote => vote.contentHash !== contentHash);
    pairs.set(pair, (other ? new Map<string, Rating>() : votes).set(annotator, rating));
  }
  return [...pairs.values()].flatMap(votes => [...votes.values()]);
}

function inTime(ratings: readonly Rating[]): Rating[] {
  return ratings.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}
