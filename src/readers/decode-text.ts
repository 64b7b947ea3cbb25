import { ReadError } from './read-error.ts';

/** A file's text, and the encoding that it was read in. */
export interface DecodedText {
  text: string;
  /** Label of the encoding, as `TextDecoder` names it. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** Set where neither a mark nor the bytes themselves prove the encoding. */
  guessed?: true;
}

/** Signs of the bytes 0x80 to 0x9f in Windows-1252; five of them have none, which a space marks here. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Decodes a text in UTF-8, in UTF-16 with or without its mark, or else in Windows-1252, which western spreadsheets
 * write as "CSV".
 *
 * @throws {ReadError} if it is in none of them.
 * @example
 * decodeText(Uint8Array.of(0x63, 0x61, 0x66, 0xe9), 'a.csv') // { text: 'café', encoding: 'windows-1252', guessed: true }
 */
export function decodeText(bytes: Uint8Array, name: string): DecodedText {
  const marked = markedEncoding(bytes);
  if (marked) return { text: decoded(bytes, marked, name), encoding: marked };
  const unmarked = wideEncoding(bytes);
  if (unmarked) return { text: decoded(bytes, unmarked, name), encoding: unmarked, guessed: true };
  try {
    return { text: decoded(bytes, 'utf-8', name), encoding: 'utf-8' };
  } catch (error) {
    const text = western(bytes);
    if (text === undefined) throw error;
    return { text, encoding: 'windows-1252', guessed: true };
  }
}

function decoded(bytes: Uint8Array, encoding: string, name: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ReadError({
      at: name,
      required: 'text in UTF-8, UTF-16 or Windows-1252',
      found: 'other bytes',
    });
  }
}

/**
 * Decodes Windows-1252; undefined if a byte has no sign in it. `TextDecoder` is not asked: in some versions of
 * Node it reads the bytes that differ from Latin-1 wrongly.
 */
function western(bytes: Uint8Array): string | undefined {
  const signs = Array.from(bytes, byte =>
    byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charAt(byte - 0x80) : String.fromCharCode(byte),
  );
  const strange = signs.some((sign, i) => sign === '\0' || (sign === ' ' && bytes[i] !== 0x20));
  return strange ? undefined : signs.join('');
}

/** Finds the encoding that a byte order mark states. */
function markedEncoding([first, second, third]: Uint8Array): DecodedText['encoding'] | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** Bytes looked at for the zeros of UTF-16. */
const LOOKED_AT = 4096;

/** Finds UTF-16 without a mark: every second byte of mostly Latin text is zero, and no text in UTF-8 holds a zero. */
function wideEncoding(bytes: Uint8Array): DecodedText['encoding'] | undefined {
  const head = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = head.length / 8;
  if (odd > enough && even === 0) return 'utf-16le';
  return even > enough && odd === 0 ? 'utf-16be' : undefined;
}
