import { lineOf } from '../files/index.ts';
import { readStudy } from './open-study.ts';
import { type Study, writeStudyFiles } from './pipeline/study-files.ts';
import { sampleResults } from './sample-results.ts';

/**
 * Records a study that was run: all its rows, its manifest and a sample of its answers, as the package holds them.
 *
 * @param from the study's folder; `to` where the record is written.
 * @throws {Error} if the study has not ended, or is itself a record.
 */
export async function recordSample(from: string, to: string): Promise<Study> {
  const study = await readStudy(from);
  if (study.kind === 'recorded')
    throw new Error(
      `Cannot record the study in ${from}: a whole one is required, found a record with a sample`,
    );
  const { rows, answers, facts, manifest } = sampleResults(study);
  const textOf = (lines: readonly object[]) => lines.map(lineOf).join('');
  const texts = { rows: textOf(rows), answers: textOf(answers), facts: textOf(facts) };
  await writeStudyFiles(to, texts, manifest);
  return readStudy(to);
}
