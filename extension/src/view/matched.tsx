import type { ReactElement } from 'react';
import { findMatches } from '../comparison/find-matches.ts';
import { segments } from '../comparison/segments.ts';

/** Shows a short text with the matches of `query` highlighted. */
export function Matched({ text, query }: { text: string; query: string }): ReactElement {
  const parts = segments(text.length, findMatches(text, query));
  return (
    <>
      {parts.map(({ start, end, marks }) => {
        const piece = text.slice(start, end);
        return marks.length > 0 ? <mark key={start}>{piece}</mark> : piece;
      })}
    </>
  );
}
