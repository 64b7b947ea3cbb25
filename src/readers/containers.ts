import { isRecord } from './row.ts';

/** A JSON object that holds a table. */
interface Container {
  /** Returns the table's rows; undefined if the object is none of this kind. */
  rowsOf(whole: Record<string, unknown>): unknown[] | undefined;
}

/** Rows of the Hub's viewer: each beside its number, under `row`. */
const hubRows: Container = {
  rowsOf: ({ rows }) =>
    isRecords(rows) && rows.every(({ row }) => isRecord(row)) ? rows.map(({ row }) => row) : undefined,
};

/** pandas' `orient="split"`: names of the columns, and each row's values. */
const splitTable: Container = {
  rowsOf: ({ columns, data }) => {
    if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return undefined;
    return data.map(cells => Object.fromEntries(columns.map((column, i) => [String(column), cells[i]])));
  },
};

/** pandas' default, `orient="columns"`: each column's values by the row's label. */
const columnTable: Container = {
  rowsOf: whole => {
    const columns = Object.entries(whole).filter((entry): entry is [string, Record<string, unknown>] =>
      isRecord(entry[1]),
    );
    const [first, ...others] = columns.map(([, cells]) => Object.keys(cells).join('\n'));
    const isTable = columns.length === Object.keys(whole).length && others.every(labels => labels === first);
    if (first === undefined || !isTable || !columns.every(([, cells]) => Object.values(cells).every(isCell)))
      return undefined;
    const labels = Object.keys(columns[0]?.[1] ?? {});
    // `orient="index"` is the same turned round: there the labels are the columns' names.
    if (columns.every(([label]) => /^\d+$/.test(label))) return columns.map(([, row]) => row);
    return labels.map(label => Object.fromEntries(columns.map(([column, cells]) => [column, cells[label]])));
  },
};

/** Lists of equal length by the column's name, as `datasets` returns a batch. */
const listTable: Container = {
  rowsOf: whole => {
    const columns = Object.entries(whole).filter((entry): entry is [string, unknown[]] =>
      Array.isArray(entry[1]),
    );
    const [first] = columns;
    const isTable = columns.length === Object.keys(whole).length && columns.length > 1;
    if (!first || !isTable || columns.some(([, cells]) => cells.length !== first[1].length)) return undefined;
    return first[1].map((_, i) => Object.fromEntries(columns.map(([column, cells]) => [column, cells[i]])));
  },
};

/** A list of rows under a name that says no more than that it is one. */
const wrappedRows: Container = {
  rowsOf: whole => {
    const lists = WRAPPERS.flatMap(key => (isRecords(whole[key]) ? [whole[key]] : []));
    return lists.length === 1 ? lists[0] : undefined;
  },
};

const WRAPPERS = [
  'data',
  'rows',
  'records',
  'examples',
  'items',
  'instances',
  'results',
  'samples',
  'train',
  'test',
];

const CONTAINERS: readonly Container[] = [hubRows, splitTable, columnTable, listTable, wrappedRows];

/** Returns the rows of a table that a JSON object holds; undefined if it holds none. */
export function containedRows(whole: Record<string, unknown>): unknown[] | undefined {
  for (const { rowsOf } of CONTAINERS) {
    const rows = rowsOf(whole);
    if (rows) return rows;
  }
  return undefined;
}

function isRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

/** Reports whether a value can be that of a cell. */
function isCell(value: unknown): boolean {
  return !isRecord(value);
}
