/**
 * Writes the bytes of a text as a string of one character each, so that they can be keys of a map and parts of a
 * pattern.
 */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes bytes, one character each, as UTF-8; what is none becomes U+FFFD, and a BOM stays. */
export function textOf(bytes: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
}

/** Reports whether a byte, as a character of Latin-1, is printable. */
function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}

const UNPRINTABLE = Array.from({ length: 256 }, (_, byte) => byte).filter(byte => !isPrintable(byte));

/** Characters that GPT-2 writes for bytes in a vocabulary: printable ones as themselves, the others from U+0100 on. */
const VISIBLE = Array.from({ length: 256 }, (_, byte) =>
  String.fromCodePoint(isPrintable(byte) ? byte : 0x100 + UNPRINTABLE.indexOf(byte)),
);

const BYTES_OF_VISIBLE = new Map(VISIBLE.map((char, byte) => [char, String.fromCharCode(byte)]));

/** Returns the bytes, one character each, of a token as GPT-2's vocabulary writes it. */
export function bytesOfVisible(token: string): string {
  return Array.from(token, char => BYTES_OF_VISIBLE.get(char) ?? bytesOf(char)).join('');
}

/** Writes bytes, one character each, as GPT-2's vocabulary does: ` the` is `Ġthe`. */
export function visibleBytes(bytes: string): string {
  return Array.from(bytes, byte => VISIBLE[byte.charCodeAt(0)]).join('');
}
