import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineOf } from '../../files/index.ts';
import type { StudyRow } from '../../schema.ts';
import type { Measurement } from '../measure/index.ts';
import type { Who } from './who.ts';

/** Writes the measurements of a model as rows of the study. */
export async function writeRows(
  folder: string,
  { model, size, budget, seed }: Who,
  measurements: readonly Measurement[],
): Promise<void> {
  const rows = measurements.map(
    (measurement): StudyRow => ({ model, size, budget, seed, ...measurement, evidence: 'live' }),
  );
  await writeFile(join(folder, 'rows.jsonl'), rows.map(lineOf).join(''));
}
