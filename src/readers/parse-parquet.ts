import { ReadError, shown } from './read-error.ts';
import type { Row } from './row.ts';

/** Most rows of one file: all of them are held in memory, and a damaged file may claim any number. */
const MOST_ROWS = 10_000_000;

/** Reports whether a file is Parquet: by its name, or by the mark at its start. */
export function isParquet(bytes: Uint8Array, name: string): boolean {
  return /\.parquet$/i.test(name) || new TextDecoder().decode(bytes.subarray(0, 4)) === 'PAR1';
}

/**
 * Reads Parquet, flat or nested, compressed in any way that the format knows but LZO. Values are as JSON has them:
 * whole numbers of 64 bits become numbers, times ISO 8601 texts in UTC, and what is missing is null. Rows are
 * numbered from 1, as lines are.
 *
 * @param bytes the whole file.
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the file, if it is damaged, cut short or holds more than 10,000,000 rows; naming row
 *   and column, if a whole number is beyond what a number holds exactly, 2^53, or a time beyond what a date holds.
 * @example
 * // Given readFile.
 * const rows = await parseParquet(await readFile('train.parquet'), 'train.parquet')
 * rows[0]?.at // 'train.parquet:1'
 */
export async function parseParquet(bytes: Uint8Array, name: string): Promise<Row[]> {
  const rows = await decoded(bytes, name);
  return rows.map((row, index) => {
    const at = `${name}:${index + 1}`;
    const cells = Object.entries(row).map(([column, cell]) => [column, jsonOf(cell, at, column)]);
    return { at, value: Object.fromEntries(cells) };
  });
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
    const rows = await parquetReadObjects({ file, metadata, compressors, onChunk });
    // A column that ends early would be filled up in silence.
    const [column] = [...held].find(([, count]) => count !== claimed) ?? [];
    if (column !== undefined)
      throw new Error(`column "${column}" holds ${held.get(column)} of ${claimed} rows`);
    return rows;
  } catch (error) {
    throw new ReadError({
      at: name,
      required: 'a whole Parquet file',
      found: `${bytes.length} bytes and a fault: ${(error as Error).message}`,
    });
  }
}

/** @throws {ReadError} if a whole number is not exact as a number. */
function jsonOf(value: unknown, at: string, column: string): unknown {
  if (typeof value === 'bigint') {
    if (Number.isSafeInteger(Number(value))) return Number(value);
    throw new ReadError({
      at,
      required: `a whole number below 2^53 (or a text) under "${column}"`,
      found: shown(`${value}`),
    });
  }
  if (value instanceof Date) {
    if (!Number.isNaN(value.getTime())) return value.toISOString();
    throw new ReadError({ at, required: `a time within 273,000 years under "${column}"`, found: 'another' });
  }
  if (Array.isArray(value)) return value.map(item => jsonOf(item, at, column));
  if (ArrayBuffer.isView(value)) return jsonOf(Array.from(value as Uint8Array), at, column);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, jsonOf(item, at, `${column}.${key}`)]),
    );
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value ?? null;
}
