import { inflateSync } from 'fflate';
import { compressors } from 'hyparquet-compressors';
import { ReadError } from './read-error.ts';

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
}

/** Signatures of the end of an archive's directory, and of an entry there. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Lengths of these, and of the header before an entry's bytes, without names and extra fields. */
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const HEADER_LENGTH = 30;

/** Most bytes of one unpacked file; a damaged archive states any number. */
const MOST_BYTES = 2 ** 30;

/** Unpackers by the method's number: stored, deflate, Zstandard. */
const METHODS: Readonly<Record<number, (packed: Uint8Array, size: number) => Uint8Array>> = {
  0: packed => packed,
  8: (packed, size) => inflateSync(packed, { out: new Uint8Array(size) }),
  93: (packed, size) => compressors.ZSTD?.(packed, size) ?? new Uint8Array(),
};

/**
 * Unpacks the files of a ZIP archive that a test selects by their names.
 *
 * @param name of the archive, for errors.
 * @throws {ReadError} if it is cut short or damaged, or packed in a way that is not known.
 */
export function zipEntries(archive: Uint8Array, name: string, wanted: (file: string) => boolean): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    const end = endOfDirectory(view);
    const entries: ZipEntry[] = [];
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== ENTRY) throw new Error(`no entry at byte ${at}`);
      const nameLength = view.getUint16(at + 28, true);
      const start = at + ENTRY_LENGTH;
      const file = new TextDecoder().decode(archive.subarray(start, start + nameLength));
      if (wanted(file)) entries.push({ name: file, bytes: unpacked(archive, view, at) });
      at = start + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return entries;
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new ReadError({ at: name, required: 'a whole ZIP archive', found });
  }
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - END_LENGTH; at >= 0; at--) if (view.getUint32(at, true) === END) return at;
  throw new Error('no directory');
}

/** @param entry start of the file's entry in the directory. */
function unpacked(archive: Uint8Array, view: DataView, entry: number): Uint8Array {
  const method = view.getUint16(entry + 10, true);
  const unpack = METHODS[method];
  const size = view.getUint32(entry + 24, true);
  if (!unpack || size > MOST_BYTES) throw new Error(`a file of ${size} bytes by method ${method}`);
  const header = view.getUint32(entry + 42, true);
  const start =
    header + HEADER_LENGTH + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  return unpack(archive.subarray(start, start + view.getUint32(entry + 20, true)), size);
}
