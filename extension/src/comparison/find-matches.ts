import type { Span } from 'imitation-lab/text';
import { fold } from './fold.ts';

/** Where `query` occurs in `text`, ignoring case; non-overlapping, from left to right. */
export function findMatches(text: string, query: string): Span[] {
  if (query === '') return [];
  const haystack = fold(text);
  const needle = fold(query);
  const matches: Span[] = [];
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
    matches.push({ start: at, end: at + needle.length });
  }
  return matches;
}
