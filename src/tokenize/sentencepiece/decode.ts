import type { Piece, SentencePieceModel } from './model.ts';
import { SPACE } from './normalize.ts';

/**
 * Decodes pieces to text: ▁ becomes a space, except for the one that a text got at its start, byte pieces become
 * characters, control pieces vanish.
 *
 * @see https://github.com/google/sentencepiece/blob/v0.2.0/src/sentencepiece_processor.cc, Decode
 */
export function decodePieces(pieces: readonly Piece[], model: SentencePieceModel): string {
  let text = '';
  let bytes: number[] = [];
  let spaceDropped = false;
  for (const piece of pieces) {
    if (piece.type === 'byte') {
      bytes.push(byteOf(piece));
      continue;
    }
    text += decodeUtf8(bytes);
    bytes = [];
    const atStart: boolean =
      text === '' && !spaceDropped && (model.addDummyPrefix || model.removeExtraSpaces);
    const drops: boolean = atStart && piece.text.startsWith(SPACE) && piece.type !== 'control';
    spaceDropped ||= drops && !model.removeExtraSpaces;
    text += textOfPiece({ ...piece, text: drops ? piece.text.slice(1) : piece.text }, model.unknownText);
  }
  return text + decodeUtf8(bytes);
}

/** Returns the byte of a piece such as `<0x0A>`. */
export function byteOf({ text }: Piece): number {
  return Number.parseInt(text.slice(3, -1), 16);
}

function textOfPiece({ type, text }: Piece, unknownText: string): string {
  if (type === 'control') return '';
  return type === 'unknown' ? unknownText : text.replaceAll(SPACE, ' ');
}

/**
 * Decodes UTF-8; each byte that is part of no character becomes a U+FFFD of its own, which a `TextDecoder` would
 * join.
 */
function decodeUtf8(bytes: readonly number[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    try {
      text += decoder.decode(Uint8Array.from(bytes.slice(at, at + length)));
      at += length;
    } catch {
      text += '\ufffd';
      at += 1;
    }
  }
  return text;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
