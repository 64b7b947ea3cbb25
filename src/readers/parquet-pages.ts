import type { FileMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';

/** The most that a page may hold once unpacked, in bytes; writers make pages of 1 MB, and a damaged one claims any size. */
const LARGEST_PAGE = 2 ** 28;

/**
 * Walks over the pages of every column before any is read: where a size is damaged, hyparquet goes round in a
 * circle, or reads another page's bytes.
 *
 * @throws {Error} naming the column, if its pages do not lie one behind the other up to its end, or do not hold as
 *   many values as the file says.
 */
export function requireSoundPages(bytes: Uint8Array, { row_groups: groups }: FileMetaData): void {
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      if (!column) throw new Error('a column without its description');
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      const end = start + Number(column.total_compressed_size);
      const name = column.path_in_schema.join('.');
      if (!(start >= 0 && start <= end && end <= bytes.length))
        throw new Error(`column "${name}" from byte ${start} to ${end}`);
      const values = countValues(bytes.subarray(start, end), name);
      if (values !== Number(column.num_values))
        throw new Error(`column "${name}" holds ${values} of ${column.num_values} values`);
    }
  }
}

function countValues(chunk: Uint8Array, name: string): number {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  let values = 0;
  while (reader.offset < chunk.length) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    if (!(packed >= 0 && packed <= chunk.length - reader.offset && unpacked >= 0 && unpacked <= LARGEST_PAGE))
      throw new Error(`column "${name}" has a page of ${packed} bytes, unpacked ${unpacked}`);
    reader.offset += packed;
    values += valuesOf(header);
  }
  return values;
}

/** Counts the values of a page of data; a dictionary holds none. */
function valuesOf({ data_page_header: first, data_page_header_v2: second }: PageHeader): number {
  const count = first?.num_values ?? second?.num_values ?? 0;
  if (count >= 0) return count;
  throw new Error(`a page of ${count} values`);
}
