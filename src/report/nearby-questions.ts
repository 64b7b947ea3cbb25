import { dirname, join } from 'node:path';
import { loadRecordCatalogue, type RecordCatalogue, splitSampling } from '../data/index.ts';
import { exists } from '../files/index.ts';

/** FastChat's file of the questions that files of answers refer to by id. */
const QUESTIONS = 'question.jsonl';

/**
 * Finds FastChat's questions beside a file or record of answers, or in the folder above.
 *
 * @returns a path or the name of a record; undefined where there are none.
 */
export async function nearbyQuestions(source: string): Promise<string | undefined> {
  const { file } = await splitSampling(source);
  if (await exists(file)) {
    for (const path of questionsBeside(file)) if (path !== file && (await exists(path))) return path;
    return undefined;
  }
  return recordOfQuestions(file, await loadRecordCatalogue());
}

function recordOfQuestions(name: string, { records }: RecordCatalogue): string | undefined {
  const record = records.find(one => one.name === name);
  if (record === undefined) return undefined;
  const paths = questionsBeside(record.path);
  return records.find(({ repo, path }) => repo === record.repo && paths.includes(path))?.name;
}

function questionsBeside(path: string): string[] {
  return [join(dirname(path), QUESTIONS), join(dirname(path), '..', QUESTIONS)];
}
