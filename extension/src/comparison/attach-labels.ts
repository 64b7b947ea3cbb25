import type { SentenceLabel } from 'imitation-lab/schema';

/** The labels of one answer that fit its text, and how many do not. */
export interface AttachedLabels {
  labels: SentenceLabel[];
  /** Labels whose quote the answer no longer holds. */
  lost: number;
}

/**
 * Places labels on a text by offset, and where the text there is no longer the quoted one, by the quote's occurrence
 * nearest to the old place.
 */
export function attachLabels(text: string, labels: readonly SentenceLabel[]): AttachedLabels {
  const placed = labels.flatMap(label => {
    if (label.quote === '') return [];
    const start = text.startsWith(label.quote, label.start) ? label.start : nearest(text, label);
    return start < 0 ? [] : [{ ...label, start, end: start + label.quote.length }];
  });
  return { labels: placed, lost: labels.length - placed.length };
}

function nearest(text: string, { quote, start }: SentenceLabel): number {
  const before = text.lastIndexOf(quote, start);
  const after = text.indexOf(quote, start);
  if (before < 0 || after < 0) return Math.max(before, after);
  return start - before <= after - start ? before : after;
}
