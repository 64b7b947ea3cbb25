import { type AlignedText, fromParts, type TextPart } from '../offsets/aligned-text.ts';
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
): (text: string) => AlignedText {
  const rules = readCharsMap(charsMap);
  const space = escapeSpaces ? SPACE : ' ';
  const next = (text: string, at: number): { replacement: string; length: number } => {
    const kept = match(text, at);
    const length = kept || String.fromCodePoint(text.codePointAt(at) ?? 0).length;
    return (kept ? undefined : rules(text, at)) ?? { replacement: text.slice(at, at + length), length };
  };
  return text => {
    const input = wellFormed(text);
    const parts: TextPart[] = [];
    for (let at = 0; at < input.length; ) {
      const { replacement, length } = next(input, at);
      parts.push({ text: replacement, start: at, end: at + length });
      at += length;
    }
    const content = fromParts(removeExtraSpaces ? withoutExtraSpaces(parts) : parts);
    if (content.text === '') return content;
    const escaped = content.text.replaceAll(' ', space);
    const prefix = addDummyPrefix && !spaceAfter ? space : '';
    // SentencePiece drops spaces at the end once they are escaped, and with them every ▁ that was one before; and the
    // space that it put at the start, where nothing else is left.
    const trimmed = removeExtraSpaces ? withoutTrailing(prefix + escaped, space) : prefix + escaped;
    const start = content.starts[0] ?? 0;
    const end = content.starts[trimmed.length - prefix.length] ?? input.length;
    const suffix = addDummyPrefix && spaceAfter ? space : '';
    const starts = [...Array.from(prefix, () => start), ...content.starts].slice(0, trimmed.length);
    starts.push(...Array.from(suffix, () => end));
    // What was left out belongs to what is before it.
    return { text: trimmed + suffix, starts, ends: [...starts.slice(1), end] };
  };
}

/** Removes the space at the start, and where a part starts after one that ends in a space. */
function withoutExtraSpaces(parts: readonly TextPart[]): TextPart[] {
  const kept: TextPart[] = [];
  let afterSpace = true;
  for (const part of parts) {
    const text: string = afterSpace ? part.text.replace(/^ +/, '') : part.text;
    if (text === '') continue;
    kept.push({ ...part, text });
    afterSpace = text.endsWith(' ');
  }
  return kept;
}

function withoutTrailing(text: string, space: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === space) end -= 1;
  return text.slice(0, end);
}
