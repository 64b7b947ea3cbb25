import { join } from 'node:path';
import { lineOf, readIfExists, writeFileAtomic } from '../../files/index.ts';
import { parseJsonl } from '../../readers/index.ts';
import { readStudy } from '../pipeline/open-study.ts';
import { type CheckedLabel, checkLabels } from './check-labels.ts';

/** Name of the file beside a study's results. */
export const LABEL_CHECK = 'label-check.jsonl';

/**
 * Checks labels of a study and writes them beside its results. A sentence that a person has read before stays marked as
 * read, as long as its label and facts are the same.
 *
 * @param read whether a person has now read all of them.
 * @throws as `openStudy` and {@link checkLabels} do.
 */
export async function writeLabelCheck(folder: string, read: boolean): Promise<CheckedLabel[]> {
  const path = join(folder, LABEL_CHECK);
  const before = parseJsonl((await readIfExists(path)) ?? '', path);
  const known = new Set(
    before.flatMap(({ value: { read: was, ...row } }) => (was ? [JSON.stringify(row)] : [])),
  );
  const rows = checkLabels(await readStudy(folder)).map(({ read: _, ...row }) => ({
    ...row,
    read: read || known.has(JSON.stringify(row)),
  }));
  await writeFileAtomic(path, rows.map(lineOf).join(''));
  return rows;
}
