import type { ByteSource } from './gguf-cursor.ts';
import type { InputFile } from './input-file.ts';

/** Bytes read ahead: a header is read in hundreds of thousands of small steps. */
const WINDOW = 2 ** 20;

/** Reads the file's bytes a window at a time. */
export function windowed({ path, size, fillNow }: InputFile): ByteSource {
  let window = new Uint8Array(0);
  let start = 0;
  return {
    path,
    size,
    bytes(offset, count) {
      if (offset < start || offset + count > start + window.length) {
        window = new Uint8Array(Math.min(Math.max(count, WINDOW), size - offset));
        start = offset;
        fillNow(window, start);
      }
      return window.subarray(offset - start, offset - start + count);
    },
  };
}
