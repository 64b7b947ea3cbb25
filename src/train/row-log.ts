import { open } from 'node:fs/promises';
import { lineOf, writeFileAtomic } from '../files/index.ts';
import { messageOf } from '../runs/index.ts';
import { readRows } from './run-files.ts';

/** File of rows, open for appending. */
export interface RowLog<T> {
  /** Rows that it held when it was opened. */
  readonly rows: readonly T[];
  append(rows: readonly T[]): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file of rows, cut back to those up to a step: later ones are of steps that are taken again, and a killed run
 * may have left an unfinished line.
 *
 * @throws {ReadError} if a line is no row.
 */
export async function openRowLog<T extends { step: number }>(path: string, last: number): Promise<RowLog<T>> {
  const rows = (await readRows<T>(path)).filter(({ step }) => step <= last);
  await writeFileAtomic(path, rows.map(lineOf).join(''));
  const file = await open(path, 'a');
  return {
    rows,
    append: async added => {
      try {
        if (added.length > 0) await file.appendFile(added.map(lineOf).join(''));
      } catch (cause) {
        throw new Error(`Cannot write ${path}: ${messageOf(cause)}`, { cause });
      }
    },
    flush: () => file.datasync(),
    close: () => file.close(),
  };
}
