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
  const left = new Set(unigrams(a));
  const right = new Set(unigrams(b));
  if (left.size + right.size === 0) return 0;
  let shared = 0;
  for (const token of left) if (right.has(token)) shared++;
  return (200 * shared) / (left.size + right.size);
}
