/** Bytes that a frame begins with. */
const MAGIC = 0x184d2204;

/** Bits of a frame's descriptor. */
const FLAGS = { version: 0xc0, blockChecksum: 0x10, contentSize: 0x08, dictionary: 0x01 };
const VERSION = 0x40;

/** Bit of a block's length that states that the block is not compressed. */
const PLAIN = 0x80000000;

/** Most bytes that one byte of a block decompresses to. */
const MOST_RATIO = 255;

/** Bytes by which a match is longer than its token states. */
const LEAST_MATCH = 4;

/**
 * Decompresses a frame of LZ4, whose blocks may refer to those before. Its checksums are not computed.
 *
 * @param frame the whole frame.
 * @param length of what it decompresses to, in bytes.
 * @throws {Error} if it is damaged, or decompresses to another length.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function decompressLz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('no frame of LZ4');
  if (length > MOST_RATIO * frame.length)
    throw new Error(`${frame.length} bytes of LZ4 that state ${length}`);
  const flags = view.getUint8(4);
  if ((flags & FLAGS.version) !== VERSION) throw new Error('a frame of LZ4 in another version');
  // Magic, flags, block size, and the header's checksum.
  let at = 7 + (flags & FLAGS.contentSize ? 8 : 0) + (flags & FLAGS.dictionary ? 4 : 0);
  const output = new Uint8Array(length);
  let written = 0;
  for (;;) {
    const stated = view.getUint32(at, true);
    at += 4;
    if (stated === 0) break;
    const end = at + (stated & ~PLAIN);
    if (end > frame.length) throw new Error('a block of LZ4 that is cut');
    const block = frame.subarray(at, end);
    if (stated & PLAIN) {
      output.set(block, written);
      written += block.length;
    } else written = decompressBlock(block, output, written);
    at = end + (flags & FLAGS.blockChecksum ? 4 : 0);
  }
  if (written !== length) throw new Error(`${written} bytes where ${length} are stated`);
  return output;
}

/** Writes a block's content behind what is written, and returns where it ends. @throws {Error} if it is damaged. */
function decompressBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let [at, written] = [0, start];
  const next = () => {
    const byte = block[at++];
    if (byte === undefined) throw new Error('a block of LZ4 that is cut');
    return byte;
  };
  /** Reads a length of which 15 states that more bytes follow, each 255 that yet more do. */
  const lengthOf = (four: number) => {
    let length = four;
    for (let more = four === 15; more; ) {
      const byte = next();
      length += byte;
      more = byte === 255;
    }
    return length;
  };
  while (at < block.length) {
    const token = next();
    const literals = lengthOf(token >> 4);
    if (at + literals > block.length) throw new Error('a block of LZ4 that is cut');
    output.set(block.subarray(at, at + literals), written);
    at += literals;
    written += literals;
    if (at === block.length) break;
    const distance = next() | (next() << 8);
    const match = LEAST_MATCH + lengthOf(token & 15);
    if (distance === 0 || distance > written) throw new Error('a match before the first byte of LZ4');
    if (written + match > output.length) throw new Error('more bytes of LZ4 than are stated');
    // Byte by byte, since a match may repeat what it writes.
    for (const end = written + match; written < end; written++)
      output[written] = output[written - distance] ?? 0;
  }
  return written;
}
