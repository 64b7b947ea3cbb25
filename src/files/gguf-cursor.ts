import { ReadError } from '../readers/index.ts';

/** Bytes that are there to be read at any offset. */
export interface ByteSource {
  /** Path of the file, for errors. */
  path: string;
  /** Number of bytes. */
  size: number;
  /** Returns the bytes from an offset on, as many as asked for; both lie within the size. */
  bytes(offset: number, count: number): Uint8Array;
}

/** Reads one value after the other, little-endian, and never beyond the end. */
export interface Cursor {
  /** The offset of the next byte. */
  readonly offset: number;
  /**
   * Takes the next bytes.
   *
   * @param what the bytes hold, for the error.
   * @throws {ReadError} if so many do not follow.
   */
  take(count: number, what: string): Uint8Array;
  uint32(what: string): number;
  uint64(what: string): bigint;
  /**
   * Takes a count of things that follow and take so many bytes each at the least.
   *
   * @throws {ReadError} if the file is too short to hold them.
   */
  count(leastBytes: number, what: string): number;
  /** Takes a text in UTF-8, after its length in bytes. */
  text(what: string): string;
}

/**
 * Creates a cursor over the start of a file.
 *
 * @param end offset within the source at which it must stop at the latest.
 */
export function cursor(source: ByteSource, end: number): Cursor {
  let offset = 0;

  function take(count: number, what: string): Uint8Array {
    if (count > end - offset) fail(`${count} bytes of ${what} at byte ${offset}`, `${end - offset} bytes`);
    const taken = source.bytes(offset, count);
    offset += count;
    return taken;
  }

  const view = (count: number, what: string) => {
    const { buffer, byteOffset } = take(count, what);
    return new DataView(buffer, byteOffset, count);
  };
  const uint32 = (what: string) => view(4, what).getUint32(0, true);
  const uint64 = (what: string) => view(8, what).getBigUint64(0, true);

  function count(leastBytes: number, what: string): number {
    const start = offset;
    const found = uint64(`the count of ${what}`);
    const most = Math.floor((end - offset) / leastBytes);
    if (found > most) fail(`at most ${most} ${what} at byte ${start}`, `${found}`);
    return Number(found);
  }

  function text(what: string): string {
    const length = count(1, `bytes of ${what}`);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(take(length, what));
    } catch (error) {
      if (error instanceof ReadError) throw error;
      return fail(`${what} in UTF-8 at byte ${offset - length}`, 'other bytes');
    }
  }

  function fail(required: string, found: string): never {
    throw new ReadError({ at: source.path, required, found });
  }

  return {
    get offset() {
      return offset;
    },
    take,
    uint32,
    uint64,
    count,
    text,
  };
}
