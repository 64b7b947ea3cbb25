import type { ReadOptions } from '../../readers/index.ts';
import { UsageError } from '../exit.ts';

/** Options of a command that decide how a file is read. */
export interface ReadingFlags {
  columns?: string | undefined;
  format?: string | undefined;
  strict?: boolean | undefined;
}

/** Converts a command's options to those of reading a file. @throws {UsageError} if the columns' meaning is malformed. */
export async function readingOptions({
  columns,
  format,
  strict,
}: ReadingFlags): Promise<Partial<ReadOptions>> {
  return {
    ...(columns !== undefined && { columns: await statedColumns(columns) }),
    ...(format !== undefined && { format }),
    ...(strict !== undefined && { strict }),
  };
}

async function statedColumns(text: string) {
  const { parseColumns, ReadError } = await import('../../readers/index.ts');
  try {
    return parseColumns(text);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    throw new UsageError(`--columns: ${error.reason}`);
  }
}
