import type { Review } from '../../../src/readers/index.ts';

/** A judge's review that says nothing but scores. */
export function review(promptId: string, first: string, second: string, scores: Review['scores']): Review {
  return { promptId, first, second, scores, text: '' };
}
