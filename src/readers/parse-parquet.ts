import { cellRecord } from './cell-value.ts';
import { ReadError } from './read-error.ts';
import type { Row } from './row.ts';

/** Most rows of one file: all of them are held in memory, and a damaged file may claim any number. */
const MOST_ROWS = 10_000_000;

/** Reports whether a file is Parquet: by its name, or by the mark at its start. */
export function isParquet(bytes: Uint8Array, name: string): boolean {
  return /\.parquet$/i.test(name) || new TextDecoder().decode(bytes.subarray(0, 4)) === 'PAR1';
}

/**
 * Reads Parquet, flat or nested, compressed in any way that the format knows but LZO. Values are as JSON has them:
 * whole numbers of 64 bits become numbers, or their digits beyond 2^53, which no number holds exactly; times become ISO
 * 8601 texts in UTC; bytes that are no text become lists of numbers; what is missing is null. Rows are numbered from 1,
 * as lines are.
 *
 * @param bytes the whole file.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the file, if it is damaged, cut short or holds more than 10,000,000 rows.
 * @example
 * // Given readFile.
 * const rows = await parseParquet(await readFile('train.parquet'), 'train.parquet')
 * rows[0]?.at // 'train.parquet:1'
 */
export async function parseParquet(bytes: Uint8Array, name: string): Promise<Row[]> {
  const rows = await decoded(bytes, name);
  return rows.map((row, index) => ({
    at: `${name}:${index + 1}`,
    value: cellRecord(Object.entries(row)),
  }));
}

async function decoded(bytes: Uint8Array, name: string): Promise<Record<string, unknown>[]> {
  // Loaded where a Parquet file is read, so that nothing else waits for it.
  const [{ parquetMetadata, parquetReadObjects }, { compressors }, { requireSoundPages }] = await Promise.all(
    [import('hyparquet'), import('hyparquet-compressors'), import('./parquet-pages.ts')],
  );
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const held = new Map<string, number>();
  const onChunk = ({ columnName, columnData }: { columnName: string; columnData: ArrayLike<unknown> }) =>
    held.set(columnName, (held.get(columnName) ?? 0) + columnData.length);
  try {
    // Maps are left alone: looking for them goes round in a circle where the schema is damaged.
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    const claimed = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (claimed > MOST_ROWS) throw new Error(`${claimed} rows, and no more than ${MOST_ROWS} are read`);
    if (claimed !== Number(metadata.num_rows))
      throw new Error(`${claimed} rows in groups, ${metadata.num_rows} in all`);
    requireSoundPages(bytes, metadata);
    const rows = await parquetReadObjects({ file, metadata, compressors, onChunk, utf8: false });
    // A column that ends early would be filled up in silence.
    const [column] = [...held].find(([, count]) => count !== claimed) ?? [];
    if (column !== undefined)
      throw new Error(`column "${column}" holds ${held.get(column)} of ${claimed} rows`);
    return withTexts(rows);
  } catch (error) {
    throw new ReadError({
      at: name,
      required: 'a whole Parquet file',
      found: `${bytes.length} bytes and a fault: ${(error as Error).message}`,
    });
  }
}

/**
 * Decodes columns of bytes whose every value is a text: old writers do not say which columns are. Other bytes are left
 * as they are.
 */
function withTexts(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  const columns = Object.keys(rows[0] ?? {}).filter(column => rows.some(row => isBytes(row[column])));
  for (const column of columns) {
    const texts = rows.map(row => textOf(row[column]));
    if (!texts.includes(undefined)) for (const [i, row] of rows.entries()) row[column] = texts[i];
  }
  return rows;
}

/** Returns null of what is missing, and undefined of what is no text. */
function textOf(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  if (!isBytes(value) || value.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return undefined;
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}
