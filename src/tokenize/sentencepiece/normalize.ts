import { wellFormed } from '../well-formed.ts';
import { readCharsMap } from './chars-map.ts';
import type { SentencePieceModel } from './model.ts';

/** Character that SentencePiece writes for a space, so that it is a character like any other. */
export const SPACE = '\u2581';

/**
 * Makes the normalizer that a model applies to a text before it cuts it: rules of normalisation, spaces, and the
 * space at the start. What matches a user-defined piece stays as it is.
 *
 * @param match length of the user-defined piece at a place of the text; 0 for none.
 */
export function normalizer(
  { charsMap, addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAfter }: SentencePieceModel,
  match: (text: string, at: number) => number,
): (text: string) => string {
  const rules = readCharsMap(charsMap);
  const space = escapeSpaces ? SPACE : ' ';
  const next = (text: string, at: number): { replacement: string; length: number } => {
    const kept = match(text, at);
    const length = kept || String.fromCodePoint(text.codePointAt(at) ?? 0).length;
    return (kept ? undefined : rules(text, at)) ?? { replacement: text.slice(at, at + length), length };
  };
  return text => {
    const input = wellFormed(text);
    const parts: string[] = [];
    for (let at = 0; at < input.length; ) {
      const { replacement, length } = next(input, at);
      at += length;
      parts.push(replacement);
    }
    const content = removeExtraSpaces ? withoutExtraSpaces(parts) : parts.join('');
    if (content === '') return '';
    const escaped = (addDummyPrefix && !spaceAfter ? space : '') + content.replaceAll(' ', space);
    // SentencePiece drops spaces at the end once they are escaped, and with them every ▁ that was one before.
    const trimmed = removeExtraSpaces ? withoutTrailing(escaped, space) : escaped;
    return trimmed + (addDummyPrefix && spaceAfter ? space : '');
  };
}

/** Removes the space at the start, and where a part starts after one that ends in a space. */
function withoutExtraSpaces(parts: readonly string[]): string {
  let text = '';
  let afterSpace = true;
  for (const part of parts) {
    const kept: string = afterSpace ? part.replace(/^ +/, '') : part;
    if (kept === '') continue;
    text += kept;
    afterSpace = kept.endsWith(' ');
  }
  return text;
}

function withoutTrailing(text: string, space: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === space) end -= 1;
  return text.slice(0, end);
}
