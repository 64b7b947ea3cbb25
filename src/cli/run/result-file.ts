import { openRowFile, type RowFile } from '../../files/index.ts';

/** Row of results; its value under the file's field is null where the item failed. */
export type ResultRow = { id: unknown } & Record<string, unknown>;

/** Rows of results in a JSON Lines file that several runs fill. */
export type ResultFile = RowFile<ResultRow>;

/**
 * Opens the file of an earlier run, or a new one. Rows of items that failed are removed, because they are retried,
 * and so is an incomplete last line of a killed run.
 *
 * @param field name of a row's result.
 * @param isResult checks a result that is not null.
 * @throws {ReadError} naming file and line, if any other line is no JSON object.
 * @throws {Error} if it is no row of results.
 */
export async function openResultFile(
  path: string,
  field: string,
  isResult: (value: unknown) => boolean,
): Promise<ResultFile> {
  return openRowFile(path, {
    read: ({ at, value }): ResultRow => {
      const { id, [field]: result } = value;
      if (['string', 'number'].includes(typeof id) && (result === null || isResult(result)))
        return { ...value, id };
      throw new Error(`Cannot resume ${path}: rows of id and ${field} are required, found another at ${at}`);
    },
    failed: row => row[field] === null,
  });
}
