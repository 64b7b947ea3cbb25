import { BLEU_ORDER, bleuScore } from './bleu-score.ts';
import type { NgramIndex, NgramTable } from './ngram-index.ts';

/** Computes BLEU of a document against a reference. */
export function documentBleu({ lengths, tables }: NgramIndex, document: number, reference: number): number {
  const length = lengths[document] as number;
  const totals = Array.from({ length: BLEU_ORDER }, (_, n) => Math.max(0, length - n));
  // The tables lack n-grams that no other document holds: of the document itself, all match.
  const matches =
    reference === document ? totals : tables.map(table => sharedNgrams(table, document, reference));
  return bleuScore({ length, referenceLength: lengths[reference] as number, matches, totals }, true);
}

/** Counts the n-grams of one order that two documents share. */
export function sharedNgrams({ starts, grams, counts }: NgramTable, a: number, b: number): number {
  const endOfA = starts[a + 1] as number;
  const endOfB = starts[b + 1] as number;
  let i = starts[a] as number;
  let j = starts[b] as number;
  let shared = 0;
  while (i < endOfA && j < endOfB) {
    const difference = (grams[i] as number) - (grams[j] as number);
    if (difference === 0) shared += Math.min(counts[i] as number, counts[j] as number);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared;
}
