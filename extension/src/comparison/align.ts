import { diffArrays } from 'diff';

/** Beyond this many differing tokens the rendering has little to do with its source. */
const MAX_EDITS = 2000;

interface Token {
  text: string;
  start: number;
}

/**
 * Finds the place in a source of each code unit of the text rendered from it.
 *
 * Markdown drops characters (`**`, `1.`, link targets) and keeps the others in order. Words and single punctuation
 * marks of both texts are aligned by the shortest edit script, so that a dropped list number is not taken for a
 * number in the sentence after it.
 *
 * @param source the raw text.
 * @param pieces the rendered text nodes, in document order; no word spans two of them.
 * @returns for each piece, an offset into `source` per code unit, -1 where there is none (white space and text that
 *   rendering added); `null` if the texts are too far apart to align.
 */
export function align(source: string, pieces: readonly string[]): Int32Array[] | null {
  const offsets = pieces.map(piece => new Int32Array(piece.length).fill(-1));
  const from = tokens(source);
  const to = pieces.flatMap((piece, index) => tokens(piece).map(token => ({ ...token, index })));
  const changes = diffArrays(
    from.map(token => token.text),
    to.map(token => token.text),
    { maxEditLength: MAX_EDITS },
  );
  if (!changes) return null;

  let left = 0;
  let right = 0;
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let k = 0; k < count; k++) {
        const origin = from[left + k];
        const target = to[right + k];
        if (!origin || !target) continue;
        const row = offsets[target.index];
        for (let unit = 0; unit < target.text.length; unit++) {
          row?.fill(origin.start + unit, target.start + unit, target.start + unit + 1);
        }
      }
    }
    if (!added) left += count;
    if (!removed) right += count;
  }
  return offsets;
}

function tokens(text: string): Token[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s]/gu), match => ({
    text: match[0],
    start: match.index,
  }));
}
