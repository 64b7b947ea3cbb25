import type { Span } from 'imitation-lab/text';

/**
 * Folds `text` to lower case, one UTF-16 code unit for one, so that an offset into either is an offset into both.
 * Letters whose lower case is longer (`İ`) stay as they are.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, letter => {
    const folded = letter.toLowerCase();
    return folded.length === letter.length ? folded : letter;
  }).join('');
}

/** Finds `query` in `text`, ignoring case; non-overlapping, from left to right. */
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

/** A line is cut here; more does not fit a row. */
const LENGTH = 160;
/** Number of code units shown before a match, so that it is read in context. */
const LEAD = 24;

/** Returns one line of a text: its beginning, or the surroundings of the first match. */
export function excerpt(text: string, query: string): { text: string; found: boolean } {
  const at = findMatches(text, query)[0]?.start;
  // A match within the first words needs no cut.
  const start = at === undefined || at <= 2 * LEAD ? 0 : at - LEAD;
  const line = text
    .slice(start, start + LENGTH)
    .replace(/\s+/g, ' ')
    .trim();
  return { text: start > 0 ? `…${line}` : line, found: at !== undefined };
}
