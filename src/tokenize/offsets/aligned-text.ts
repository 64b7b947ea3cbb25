/** Text after normalisation, and where each of its UTF-16 units comes from. */
export interface AlignedText {
  text: string;
  /** Start and end, in the original, of the characters that a unit represents; equal for one that was added. */
  starts: readonly number[];
  ends: readonly number[];
}

/** Replacement of a range of a text. */
export interface TextPart {
  text: string;
  start: number;
  end: number;
}

/** Returns a text as it is. */
export function unchanged(text: string): AlignedText {
  return fromParts([{ text, start: 0, end: text.length }]);
}

/** Joins parts; one that is as long as its range has its units one by one, any other represents its range as a whole. */
export function fromParts(parts: readonly TextPart[]): AlignedText {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { text, start, end } of parts) {
    const isLike = text.length === end - start;
    for (let i = 0; i < text.length; i++) {
      const point = isLike ? pairAt(text, i) : undefined;
      starts.push(point ? start + point.start : start);
      ends.push(point ? start + point.end : end);
    }
  }
  return { text: parts.map(({ text }) => text).join(''), starts, ends };
}

/** Applies parts, which are ranges of a text that was normalised before, to where that text comes from. */
export function replaced(before: AlignedText, parts: readonly TextPart[]): AlignedText {
  const { text, starts, ends } = fromParts(parts);
  const length = before.text.length;
  const startOf = (at: number) => before.starts[at] ?? before.ends[length - 1] ?? 0;
  return {
    text,
    starts: starts.map(startOf),
    ends: ends.map((end, i) =>
      end > (starts[i] ?? 0) ? (before.ends[end - 1] ?? 0) : startOf(starts[i] ?? 0),
    ),
  };
}

/** Returns the range of the code point that a unit is part of. */
function pairAt(text: string, at: number): { start: number; end: number } {
  if (at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff) return { start: at - 1, end: at + 1 };
  return { start: at, end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) };
}
