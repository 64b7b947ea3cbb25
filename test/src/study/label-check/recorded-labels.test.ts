import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../../src/files/index.ts';
import { parseJsonl } from '../../../../src/readers/index.ts';
import { type CheckedLabel, checkLabels, LABEL_CHECK, verdictOf } from '../../../../src/study/index.ts';
import { differingWorld } from '../../../../src/study/pipeline/differing-world.ts';
import { readStudy } from '../../../../src/study/pipeline/open-study.ts';

const FOLDER = join(packageRoot(), 'data', 'runs', 'mini');

async function recordedRows(): Promise<CheckedLabel[]> {
  const text = await readFile(join(FOLDER, LABEL_CHECK), 'utf8');
  return parseJsonl(text, LABEL_CHECK).map(({ value }) => value as unknown as CheckedLabel);
}

test('50 sentences were read, correct and incorrect ones of several models, and no label found wrong', async () => {
  const rows = await recordedRows();
  expect(rows).toHaveLength(50);
  for (const { sentence, label, lookedUp, facts, read } of rows) {
    expect({ sentence, lookedUp, again: verdictOf(sentence, facts), read }).toEqual({
      sentence,
      lookedUp: label,
      again: label,
      read: true,
    });
  }
  expect(new Set(rows.map(({ label }) => label))).toEqual(new Set(['correct', 'incorrect']));
  expect(new Set(rows.map(({ model }) => model)).size).toBeGreaterThanOrEqual(4);
});

test('what was read is of the recorded answers and of the facts of their worlds, unless these are drawn no more', async () => {
  const study = await readStudy(FOLDER);
  const difference = differingWorld(study);
  if (difference !== undefined) {
    expect(() => checkLabels(study)).toThrow(difference);
    return;
  }
  const again = checkLabels(study);
  const unread = (rows: readonly CheckedLabel[]) => rows.map(({ read: _, ...row }) => row);
  expect(unread(await recordedRows())).toEqual(unread(again));
});
