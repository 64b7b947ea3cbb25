import { join } from 'node:path';
import { lineOf, readIfExists, writeFileAtomic } from '../../files/index.ts';
import { parseJsonl } from '../../readers/index.ts';
import { readStudy } from '../pipeline/open-study.ts';
import { type CheckedLabel, checkLabels } from './check-labels.ts';

/** Beside a study's results. */
export const LABEL_CHECK = 'label-check.jsonl';

/**
 * Checks labels of a study and writes them beside its results. What was read by eye before, and is drawn again with
 * the same label and facts, stays read.
 *
 * @param read whether all of them have now been read by eye.
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
