import { findMatches } from './find-matches.ts';

/** A line is cut here; more does not fit a row. */
const LENGTH = 160;
/** What is shown before a match, so that it is read in context. */
const LEAD = 24;

/** One line of a text: its beginning, or the surroundings of the first match. */
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
