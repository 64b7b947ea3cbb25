import { quantile } from '../../stats/index.ts';

/** Thirds of facts, by how often the corpus states them. */
const FREQUENCIES = ['frequent', 'medium', 'rare'] as const;

/**
 * Sorts facts by rank into the third that the corpus states most often, the middle third and the rarest third.
 *
 * @param ranks of all facts that are asked about; repeats count once.
 */
export function frequencyBand(ranks: Iterable<number>): (rank: number) => (typeof FREQUENCIES)[number] {
  const distinct = [...new Set(ranks)];
  const [third = 0, two = 0] = [1 / 3, 2 / 3].map(part => quantile(distinct, part) ?? 0);
  return rank => FREQUENCIES[rank <= third ? 0 : rank <= two ? 1 : 2];
}

/** Ends of the bands of confidence. */
const ENDS = [0.5, 0.75, 0.9, 1] as const;

/** Describes a model's confidence in an answer: `75–90 %`. */
export function confidenceBand(confidence: number): string {
  const place = ENDS.findIndex(end => confidence < end);
  const [from, to] = [ENDS[place - 1] ?? 0, ENDS[place] ?? 1].map(part => Math.round(100 * part));
  return place === 0 ? `below ${to} %` : `${place < 0 ? 90 : from}–${to} %`;
}
