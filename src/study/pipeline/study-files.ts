import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../files/index.ts';
import { type Manifest, messageOf } from '../../runs/index.ts';
import type { FactAnswer, StudyAnswer, StudyRow } from '../../schema.ts';
import { ANSWER, FACT, parseLines, ROW } from '../study-lines.ts';
import type { StudyLeakage } from './leakage.ts';

/** What a study was, beside its rows: its `manifest.json`. */
export interface StudyManifest extends Pick<Manifest, 'versions' | 'commit' | 'device'> {
  scale: string;
  seeds: readonly number[];
  /** What the scale trains and asks. */
  config: unknown;
  /** SHA-256 of what decides the rows: the stages, their versions and configurations, and the seeds. */
  plan: string;
  /** ISO 8601 time at which its last run ended. */
  made: string;
  /** Seconds of work by stage, summed over runs: those that ended, not attempts that were cut off. */
  seconds: Readonly<Record<string, number>>;
  /** Seconds in which at least one of those runs was at work. */
  elapsed: number;
  /** What of its tests the models of all seeds could have learned; undefined where no world was built for it. */
  leakage?: StudyLeakage;
  /** How many answers were kept of how many, where a part of the study was recorded. */
  sample?: Readonly<Record<'answers' | 'facts', { kept: number; of: number }>>;
}

/** What a study brings forth; a file each. */
export interface StudyResults {
  rows: StudyRow[];
  answers: StudyAnswer[];
  facts: FactAnswer[];
  manifest: StudyManifest;
}

/** A study's results; shows itself by what it was. */
export interface Study extends StudyResults {
  /** Where they stand. */
  folder: string;
  /** `recorded`: all rows and a sample of the answers, such as the package holds; `run`: all of a study that was run. */
  kind: 'recorded' | 'run';
}

/** The files of lines, by what they hold. */
export const STUDY_FILES = { rows: 'rows.jsonl', answers: 'answers.jsonl', facts: 'facts.jsonl' } as const;
const MANIFEST = 'manifest.json';

/**
 * Reads the results of a study that has ended.
 *
 * @throws {Error} naming the file that is missing.
 * @throws {ReadError} naming file and line of what is no JSON object.
 */
export async function readStudyFiles(folder: string): Promise<StudyResults> {
  const read = (name: string) =>
    readFile(join(folder, name), 'utf8').catch(cause => {
      const problem = `${name} is required, ${messageOf(cause)}`;
      throw new Error(`Cannot open the study in ${folder}: ${problem}`, { cause });
    });
  return {
    manifest: JSON.parse(await read(MANIFEST)),
    rows: parseLines(await read(STUDY_FILES.rows), STUDY_FILES.rows, ROW),
    answers: parseLines(await read(STUDY_FILES.answers), STUDY_FILES.answers, ANSWER),
    facts: parseLines(await read(STUDY_FILES.facts), STUDY_FILES.facts, FACT),
  };
}

/** Writes them; the manifest last, since it stands where all stand. @param texts of the files of lines. */
export async function writeStudyFiles(
  folder: string,
  texts: Readonly<Record<keyof typeof STUDY_FILES, string>>,
  manifest: StudyManifest,
): Promise<void> {
  await writeFileAtomic(join(folder, STUDY_FILES.rows), texts.rows);
  await writeFileAtomic(join(folder, STUDY_FILES.answers), texts.answers);
  await writeFileAtomic(join(folder, STUDY_FILES.facts), texts.facts);
  await writeFileAtomic(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
