import type { Table } from '@uwdata/flechette';

/** Most rows of a column that stores none of them: of nulls alone, or of runs. */
const MOST_UNSTORED = 2 ** 24;

/** Batch of a column: its buffers, of which each type has some. */
interface Column {
  length: number;
  nullCount: number;
  validity?: ArrayLike<unknown>;
  values?: ArrayLike<unknown>;
  offsets?: ArrayLike<number | bigint> | null;
  sizes?: ArrayLike<number | bigint>;
  typeIds?: ArrayLike<number>;
  children?: readonly Column[];
  type: object;
}

/**
 * Checks that the columns of an Arrow table have as many rows as their buffers hold, and that lists and texts are
 * within what is behind them, before any row is read: a damaged file may state any numbers.
 *
 * @throws {Error} naming what is wrong.
 */
export function requireArrowColumns(table: Table): void {
  for (const { data } of table.children) for (const batch of data) requireBatch(batch);
}

function requireBatch(batch: Column): void {
  const { length, nullCount, validity, values, offsets, sizes, typeIds, children = [], type } = batch;
  require(Number.isSafeInteger(length) && length >= 0, `${length} rows`);
  if (nullCount > 0 && validity && validity.length > 0)
    require(validity.length * 8 >= length, `${length} rows of ${validity.length} bytes of validity`);
  for (const child of children) requireBatch(child);
  const [child] = children;
  if (sizes && offsets) {
    requireViews({ offsets, sizes, length }, child?.length ?? 0);
  } else if (typeIds) require(typeIds.length >= length, `${length} rows of ${typeIds.length} members`);
  else if (offsets) requireOffsets(offsets, length, child?.length ?? values?.length ?? 0);
  else if (values) require(values.length * 8 >= length, `${length} rows of ${values.length} values`);
  else if (validity && child) {
    // A struct, or lists of one length.
    const most = Math.min(...children.map(each => each.length));
    const stride = 'stride' in type ? Number(type.stride) : 1;
    require(length * stride <= most, `${length} rows of ${most} values`);
  } else require(length <= MOST_UNSTORED, `${length} rows without values`);
}

/** Checks that offsets rise from row to row, up to the number of what they refer to. */
function requireOffsets(offsets: ArrayLike<number | bigint>, length: number, most: number): void {
  if (length === 0) return;
  require(offsets.length > length, `${length} rows of ${offsets.length} offsets`);
  let before = 0;
  for (let row = 0; row <= length; row++) {
    const offset = Number(offsets[row]);
    require(offset >= before && offset <= most, `an offset of ${offset}`);
    before = offset;
  }
}

function requireViews(
  {
    offsets,
    sizes,
    length,
  }: { offsets: ArrayLike<number | bigint>; sizes: ArrayLike<number | bigint>; length: number },
  most: number,
): void {
  require(offsets.length >= length && sizes.length >= length, `${length} rows of ${offsets.length} offsets`);
  for (let row = 0; row < length; row++) {
    const [offset, size] = [Number(offsets[row]), Number(sizes[row])];
    require(offset >= 0 && size >= 0 && offset + size <= most, `a list of ${size} values at ${offset}`);
  }
}

function require(holds: boolean, found: string): void {
  if (!holds) throw new Error(found);
}
