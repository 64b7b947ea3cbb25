import type { Review } from '../../readers/index.ts';
import type { Evidence, Preference } from '../../schema.ts';
import { pairKey } from '../../stats/index.ts';

/**
 * Derives the preferred one of two answers, of each pair that a judge reviewed, and each turn: in both orders the same one, else it
 * is a tie. A pair of which a review has no scores has no outcome. Where a pair was reviewed in one order, that
 * counts.
 *
 * @param evidence default `live`: by a judge that was asked here.
 * @returns one a pair, in order of appearance; `a` is the answer whose id sorts first.
 * @see Zheng et al. 2023, MT-bench, §3.4
 * @example
 * // Given reviews.
 * preferencesOf(reviews)[0]?.winner // 'b'
 */
export function preferencesOf(reviews: readonly Review[], evidence: Evidence = 'live'): Preference[] {
  const pairs = new Map<string, Review[]>();
  for (const review of reviews) {
    const { promptId, first, second, turn = 1 } = review;
    const key = JSON.stringify([pairKey(promptId, first, second), turn]);
    pairs.set(key, [...(pairs.get(key) ?? []), review]);
  }
  return [...pairs.values()].map(ofPair => {
    const [{ promptId, first, second } = { promptId: '', first: '', second: '' }] = ofPair;
    const [a = '', b = ''] = [first, second].sort();
    const winners = ofPair.map(review => winnerOf(review, a));
    const [winner = null] = winners;
    const pair = { promptId, a, b, evidence };
    if (winners.includes(null)) return { ...pair, winner: null, reason: reasonOf(ofPair) };
    if (winners.every(other => other === winner)) return { ...pair, winner };
    return { ...pair, winner: 'tie', disagreement: true };
  });
}

function reasonOf(reviews: readonly Review[]): string {
  const failed = reviews.find(({ error }) => error !== undefined);
  return failed ? `a call failed: ${failed.error}` : 'a review has no scores that can be read';
}

function winnerOf({ first, scores }: Review, a: string): Preference['winner'] {
  if (scores === null) return null;
  if (scores[0] === scores[1]) return 'tie';
  return scores[0] > scores[1] === (first === a) ? 'a' : 'b';
}
