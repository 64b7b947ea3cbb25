import type { ScorePair } from './score.ts';

/** Points of a verdict: the better answer has 1, and each has ½ of a tie. */
const POINTS: Record<'first' | 'second' | 'tie', ScorePair> = {
  first: [1, 0],
  second: [0, 1],
  tie: [0.5, 0.5],
};
export type Verdict = keyof typeof POINTS;

/** `[[A]]`, `[[C]]`, `[[A>>B]]`, `[[A=B]]`, `[[tie]]`. */
const MARKED = /\[\[\s*(A|B|C|tie|[AB]\s*(?:>>?|<<?|=)\s*[AB])\s*\]\]/gi;
const LABELLED =
  /^(?:(?:my|the|final|overall)\s+)*(?:verdict|winner|choice|better(?:\s+(?:answer|assistant|response))?)\s*(?::|=|is)\s*(.+?)[.!]?$/i;
const ALONE = /^\[{0,2}(A|B|tie)\]{0,2}[.!]?$/i;

/** Parses a verdict: its last mark, else a line such as `Winner: Assistant A`, else `A` on its first or last line. */
export function parseVerdict(reply: string, lines: readonly string[]): ScorePair | undefined {
  const marks = [...reply.matchAll(MARKED)].flatMap(([, mark = '']) => verdictOf(mark) ?? []);
  const labelled = lines.flatMap(line => verdictOf(LABELLED.exec(line)?.[1] ?? '') ?? []);
  const alone = [lines[0], lines.at(-1)].flatMap(line => verdictOf(ALONE.exec(line ?? '')?.[1] ?? '') ?? []);
  const verdict = marks.at(-1) ?? labelled.at(-1) ?? alone[0];
  return verdict && pointsOf(verdict);
}

/** Returns the points of both answers. */
export function pointsOf(verdict: Verdict): ScorePair {
  const [first, second] = POINTS[verdict];
  return [first, second];
}

/** Returns what a word says: `A`, `Assistant 1`, `model_b`, `tie`, `A>>B`; undefined of anything else. */
export function verdictOf(word: string): Verdict | undefined {
  const text = word.toLowerCase().replace(/[[\]*_"'\s]+/g, '');
  const named = /^(?:assistant|model|answer|response|candidate)?([12ab]|first|second)$/.exec(text)?.[1];
  if (named !== undefined) return /^(?:1|a|first)$/.test(named) ? 'first' : 'second';
  if (/^(?:c|tie|equal|draw|both|neither|a=b|b=a)$/.test(text)) return 'tie';
  const [, left, sign] = /^([ab])(>|<)[><]?[ab]$/.exec(text) ?? [];
  if (left === undefined) return undefined;
  return (left === 'a') === (sign === '>') ? 'first' : 'second';
}
