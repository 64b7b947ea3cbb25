import { cellRecord } from './cell-value.ts';
import { ReadError } from './read-error.ts';
import type { Row } from './row.ts';

const MARK = 'ARROW1';

/** Length of the mark with its padding, behind which a file holds what a stream holds. */
const MARK_LENGTH = 8;

/** Reports whether a file is Arrow: by its name, or by the mark at its start. */
export function isArrow(bytes: Uint8Array, name: string): boolean {
  return /\.(arrow|feather|ipc)$/i.test(name) || textAt(bytes, 0) === MARK;
}

/**
 * Reads Arrow's file or stream format, as `datasets` caches tables and Feather's files are, also compressed; a file whose end was never written is read as the
 * stream that it holds. Values are as JSON has them, as {@link parseParquet} returns them. Rows are numbered from 1.
 *
 * @param bytes the whole file.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the file, if it is damaged.
 */
export async function parseArrow(bytes: Uint8Array, name: string): Promise<Row[]> {
  // Loaded where an Arrow file is read, so that nothing else waits for it.
  const [{ tableFromIPC }, { registerArrowCodecs }, { requireArrowMessages }, { requireArrowColumns }] =
    await Promise.all([
      import('@uwdata/flechette'),
      import('./arrow-codecs.ts'),
      import('./arrow-messages.ts'),
      import('./arrow-columns.ts'),
    ]);
  registerArrowCodecs();
  const unfinished = textAt(bytes, 0) === MARK && textAt(bytes, bytes.length - MARK.length) !== MARK;
  try {
    const whole = bytes.slice(unfinished ? MARK_LENGTH : 0);
    requireArrowMessages(whole, textAt(whole, 0) === MARK);
    const table = tableFromIPC(whole, { useBigInt: true, useDate: true, useMap: true });
    requireArrowColumns(table);
    return table.toArray().map((row, index) => ({
      at: `${name}:${index + 1}`,
      value: cellRecord(Object.entries(Object(row))),
    }));
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    const found = `${bytes.length} bytes and a fault: ${fault}`;
    throw new ReadError({ at: name, required: 'a whole Arrow file', found });
  }
}

function textAt(bytes: Uint8Array, start: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, start), start + MARK.length));
}
