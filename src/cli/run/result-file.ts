import { type KeyedItem, openRowFile, type RowFile } from '../../files/index.ts';

/** Row of results; its value under the file's field is null where the item failed. */
export type ResultRow = KeyedItem & Record<string, unknown>;

/** Rows of results in a JSON Lines file that several runs fill. */
export type ResultFile = RowFile<ResultRow>;

/** Options of {@link openResultFile}. */
export interface ResultFileOptions {
  /** The items of this run. */
  items: readonly KeyedItem[];
  /** Name of a row's result. */
  field: string;
  /** Checks a result that is not null. */
  isResult: (value: unknown) => boolean;
  /** Makes sure, before each write, that no other process writes the file now, or throws. */
  confirm: () => Promise<void>;
}

/** Returns the path of the file beside a file of results that has those of earlier runs, which no item of this one has. */
export function earlierResults(path: string): string {
  return `${path}.earlier.jsonl`;
}

/**
 * Opens the file of an earlier run, or a new one, for the results of this run: those of other prompts, models and
 * settings move to {@link earlierResults}, and those that this run needs come back from there. Rows of items that failed
 * are removed, because they are retried, and so is an incomplete last line of a killed run.
 *
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 * @throws {Error} if it is no row of results.
 */
export async function openResultFile(
  path: string,
  { items, field, isResult, confirm }: ResultFileOptions,
): Promise<ResultFile> {
  return openRowFile<ResultRow>(path, {
    items,
    earlier: earlierResults(path),
    confirm,
    read: ({ at, value }) => {
      const { id, sample, key = '', [field]: result } = value;
      if (typeof id !== 'string' && typeof id !== 'number') throw new Error(refusal(path, field, at));
      if (result === null) return undefined;
      if (!isResult(result) || typeof key !== 'string') throw new Error(refusal(path, field, at));
      const rest = typeof sample === 'number' ? { sample } : {};
      return { ...value, id, ...rest, key };
    },
  });
}

function refusal(path: string, field: string, at: string): string {
  return `Cannot resume ${path}: rows of id and ${field} are required, found another at ${at}`;
}
