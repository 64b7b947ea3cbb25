/**
 * Rule for the beginning of a text: its replacement, and how many UTF-16 units of it that takes; none for no rule.
 */
export type CharsMap = (text: string, at: number) => { replacement: string; length: number } | undefined;

/**
 * Reads SentencePiece's compiled rules of normalisation: a double-array trie over UTF-8 (Darts), whose values are
 * places in a list of NUL-terminated texts. The longest match counts.
 *
 * @param bytes the trie's size as uint32, the trie's units as uint32, the texts; empty for no rules.
 * @throws {Error} if the sizes do not fit.
 * @see https://github.com/google/sentencepiece/blob/v0.2.0/src/normalizer.cc
 */
export function readCharsMap(bytes: Uint8Array): CharsMap {
  if (bytes.length === 0) return () => undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length < 4 ? Number.POSITIVE_INFINITY : view.getUint32(0, true);
  if (size % 4 !== 0 || 4 + size > bytes.length) {
    throw new Error(
      `Cannot read the rules of normalisation: a trie of ${size} bytes must fit into ${bytes.length} bytes`,
    );
  }
  const unitAt = (index: number) => (index < size / 4 ? view.getUint32(4 + 4 * index, true) : 0);
  const texts = bytes.subarray(4 + size);
  const textAt = (start: number) => {
    const end = texts.indexOf(0, start);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      texts.subarray(start, end < 0 ? texts.length : end),
    );
  };
  return (text, at) => {
    let node = offsetOf(unitAt(0));
    let longest: { start: number; length: number } | undefined;
    for (let end = at; end < text.length; ) {
      const char = String.fromCodePoint(text.codePointAt(end) ?? 0);
      for (const byte of Buffer.from(char)) {
        node ^= byte;
        const unit = unitAt(node);
        if (labelOf(unit) !== byte) return longest && found(longest);
        node ^= offsetOf(unit);
        if (hasValue(unit)) longest = { start: valueIn(unitAt(node)), length: end + char.length - at };
      }
      end += char.length;
    }
    return longest && found(longest);
  };

  function found({ start, length }: { start: number; length: number }) {
    return { replacement: textAt(start), length };
  }
}

// How a unit of the trie packs its parts; unsigned, which `>>> 0` keeps.
const hasValue = (unit: number) => ((unit >>> 8) & 1) === 1;
const valueIn = (unit: number) => unit & 0x7fffffff;
const labelOf = (unit: number) => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number) => ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
