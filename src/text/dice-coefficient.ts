import { unigrams } from './split-words.ts';

/**
 * Computes the unigram overlap of two texts: the Dice coefficient of their token types, 100 · 2|A ∩ B| / (|A| + |B|).
 * Two texts without any token share nothing: 0.
 *
 * @returns percent, 0 … 100.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * diceCoefficient('the cat sat', 'the cat ran'); // 66.66…
 */
export function diceCoefficient(a: string, b: string): number {
  return setOverlap(new Set(unigrams(a)), new Set(unigrams(b)));
}

/** Computes the Dice coefficient of two sets, percent; 0 where both are empty. */
export function setOverlap<Item>(a: ReadonlySet<Item>, b: ReadonlySet<Item>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return (200 * shared) / (a.size + b.size);
}
