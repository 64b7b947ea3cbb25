import { openRowFile, type RowFile } from '../../files/index.ts';

/** A row of results; what it says under the file's field is null where the item failed. */
export type ResultRow = { id: unknown } & Record<string, unknown>;

/** Rows of results in a JSON Lines file that several runs fill. */
export type ResultFile = RowFile<ResultRow>;

/**
 * Opens the file of an earlier run, or a new one. Rows of items that failed are taken out, since those are asked
 * again, and so is a last line that a killed run left unfinished.
 *
 * @param field what a row says besides its `id`.
 * @param isResult whether that is a result; null is none.
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
      throw new Error(
        `Cannot go on with ${path}: rows of id and ${field} are required, found another at ${at}`,
      );
    },
    failed: row => row[field] === null,
  });
}
