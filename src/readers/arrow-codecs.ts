import { type Codec, CompressionType, setCompressionCodec } from '@uwdata/flechette';
import { decompress as decompressZstd } from 'fzstd';
import { decompressLz4Frame } from './lz4-frame.ts';

/** Most bytes of one buffer of a column: a damaged file may state any number. */
const MOST_BYTES = 2 ** 31;

/** Registers the two compressions of Arrow's format: frames of LZ4, the default of Feather, and Zstandard. */
export function registerArrowCodecs(): void {
  setCompressionCodec(CompressionType.LZ4_FRAME, reading(decompressLz4Frame));
  setCompressionCodec(CompressionType.ZSTD, reading(zstdOfLength));
}

/** Bytes before a compressed buffer, which state its length when it is not. */
const LENGTH = 8;

function reading(decompress: (frame: Uint8Array, length: number) => Uint8Array): Codec {
  return {
    decode: frame => {
      const stated = new DataView(frame.buffer, frame.byteOffset - LENGTH).getBigInt64(0, true);
      if (stated < 0 || stated > MOST_BYTES) throw new Error(`a buffer that states ${stated} bytes`);
      return decompress(frame, Number(stated));
    },
    encode: () => {
      throw new Error('Cannot compress Arrow: it is read alone');
    },
  };
}

/** @throws {Error} if the frame is damaged, or decompresses to another length. */
function zstdOfLength(frame: Uint8Array, length: number): Uint8Array {
  const bytes = decompressZstd(frame);
  if (bytes.length !== length) throw new Error(`${bytes.length} bytes where ${length} are stated`);
  // A copy, since values of 64 bits must not begin between multiples of 8.
  return bytes.slice();
}
