import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { checkComparison, stringifyComparison, stringifyComparisonLines } from '../readers/index.ts';
import type { Comparison } from '../schema.ts';

/**
 * Writes a comparison as a file that JupyterLab opens side by side, or, where the comparison is to be rated, as the
 * rating panel. Votes and labels are in a file beside it, which stays unchanged; so does a file that holds the same.
 *
 * @param path `NAME.compare.jsonl`, an answered prompt a line, or `NAME.compare.json`.
 * @throws {RangeError} if the name ends otherwise.
 * @throws {ReadError} if the comparison breaks its schema.
 * @example
 * // Given comparison.
 * await saveComparison('mine.compare.json', comparison);
 * (await compare('mine.compare.json')).items.length // 2
 */
export async function saveComparison(path: string, comparison: Comparison): Promise<void> {
  const [, format] = path.match(/\.compare\.(jsonl?)$/) ?? [];
  if (format === undefined)
    throw new RangeError(
      `Cannot save a comparison: its name must end in .compare.jsonl or .compare.json, found ${path}`,
    );
  const valid = checkComparison({ ...comparison });
  const text = format === 'json' ? stringifyComparison(valid) : stringifyComparisonLines(valid);
  if ((await readIfExists(path)) !== text) await writeFileAtomic(path, text);
}
