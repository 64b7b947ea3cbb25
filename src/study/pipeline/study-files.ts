import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../files/index.ts';
import {
  anything,
  list,
  loadJson,
  MANIFEST_FIELDS,
  type Manifest,
  messageOf,
  number,
  object,
  optional,
  record,
  string,
} from '../../runs/index.ts';
import type { FactAnswer, StudyAnswer, StudyRow } from '../../schema.ts';
import { ANSWER, FACT, OPEN, parseLines, ROW } from '../study-lines.ts';
import { CHECK_RESULT, type CheckResult } from '../validity/check-result.ts';
import { LEAKAGE, type StudyLeakage } from './leakage.ts';

/** Description of a study beside its rows: its `manifest.json`. */
export interface StudyManifest extends Pick<Manifest, 'versions' | 'commit' | 'device'> {
  scale: string;
  seeds: readonly number[];
  /** Configuration of the scale. */
  config: unknown;
  /** SHA-256 of the ids of its runs, which follow from stages, versions, configurations and seeds. */
  plan: string;
  /** ISO 8601 time at which its last run ended. */
  made: string;
  /** Seconds of work by stage, summed over completed runs, without interrupted attempts. */
  seconds: Readonly<Record<string, number>>;
  /** Seconds in which at least one of those runs was running. */
  elapsed: number;
  /** Leakage of all seeds; undefined where nothing was compared. */
  leakage?: StudyLeakage;
  /** Checks of the instrument; undefined in earlier records. */
  checks?: readonly CheckResult[];
  /** Machines and software of the seeds, where a record was made of several runs. */
  origins?: readonly StudyOrigin[];
  /** Numbers of answers that were kept, where a part of the study was recorded. */
  sample?: Readonly<Record<'answers' | 'facts', { kept: number; of: number }>>;
}

/** Machine and software of some seeds of a record. */
export interface StudyOrigin extends Pick<StudyManifest, 'versions' | 'commit' | 'device' | 'made'> {
  seeds: readonly number[];
}

/** Results of a study, each in a file. */
export interface StudyResults {
  rows: StudyRow[];
  answers: StudyAnswer[];
  facts: FactAnswer[];
  manifest: StudyManifest;
}

/** A study's results; a notebook displays its description. */
export interface Study extends StudyResults {
  /** Folder of the files. */
  folder: string;
  /** `recorded`: all rows and a sample of the answers, such as the package holds; `run`: all of a study that was run. */
  kind: 'recorded' | 'run';
}

/** Names of the files of lines. */
export const STUDY_FILES = { rows: 'rows.jsonl', answers: 'answers.jsonl', facts: 'facts.jsonl' } as const;
const MANIFEST = 'manifest.json';

const { versions, commit, device } = MANIFEST_FIELDS;
const KEPT = object<{ kept: number; of: number }>({ kept: number, of: number }, OPEN);
const STUDY_MANIFEST = object<StudyManifest>(
  {
    versions,
    commit,
    device,
    scale: string,
    seeds: list(number),
    config: anything,
    plan: string,
    made: string,
    seconds: record(number),
    elapsed: number,
    leakage: optional(LEAKAGE),
    checks: optional(list(CHECK_RESULT)),
    origins: optional(
      list(object<StudyOrigin>({ seeds: list(number), made: string, versions, commit, device }, OPEN)),
    ),
    sample: optional(object<NonNullable<StudyManifest['sample']>>({ answers: KEPT, facts: KEPT }, OPEN)),
  },
  OPEN,
);

/** Reads the manifest of a study; undefined where there is none. */
export function loadManifest(folder: string): Promise<StudyManifest | undefined> {
  return loadJson(join(folder, MANIFEST), 'the manifest of a study', STUDY_MANIFEST);
}

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
  const manifest = await loadManifest(folder);
  if (manifest === undefined)
    throw new Error(`Cannot open the study in ${folder}: ${MANIFEST} is required, found none`);
  return {
    manifest,
    rows: parseLines(await read(STUDY_FILES.rows), STUDY_FILES.rows, ROW),
    answers: parseLines(await read(STUDY_FILES.answers), STUDY_FILES.answers, ANSWER),
    facts: parseLines(await read(STUDY_FILES.facts), STUDY_FILES.facts, FACT),
  };
}

/** Writes a study's files; the manifest last, since it marks them as complete. */
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
