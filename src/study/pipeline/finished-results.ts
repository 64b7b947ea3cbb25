import { ANSWER, FACT, parseLines, ROW } from '../study-lines.ts';
import { finishedSeeds, loadPlan, type StatedPlan } from './plan-file.ts';
import { collectResults } from './record-study.ts';
import { loadManifest, readStudyFiles, STUDY_FILES, type StudyResults } from './study-files.ts';

/**
 * Reads the results of all seeds of a study that have ended, whether or not the others are being run.
 *
 * @throws {Error} if no seed has ended, or the folder holds a record.
 */
export async function finishedResults(folder: string): Promise<StudyResults> {
  const manifest = await loadManifest(folder);
  if (manifest?.sample !== undefined)
    throw new Error(`Cannot record the study in ${folder}: it must be whole, got a record with a sample`);
  const plan = await loadPlan(folder);
  if (plan === undefined) return readStudyFiles(folder);
  const seeds = await finishedSeeds(folder, plan);
  if (seeds.length === 0)
    throw new Error(
      `Cannot record the study in ${folder}: a seed whose runs are all completed is required, got none of ${plan.seeds.length}`,
    );
  return collected(folder, partOf(plan, seeds));
}

/** Returns the results of some of the seeds that have ended. @param all of those that have. */
export async function resultsOf(
  folder: string,
  seeds: readonly number[],
  all: StudyResults,
): Promise<StudyResults> {
  if (seeds.length === all.manifest.seeds.length) return all;
  const plan = await loadPlan(folder);
  if (plan === undefined)
    throw new Error(`Cannot record a part of the study in ${folder}: plan.json is required, found none`);
  return collected(folder, partOf(plan, seeds));
}

function partOf({ runs, ...plan }: StatedPlan, seeds: readonly number[]): StatedPlan {
  return { ...plan, seeds, runs: runs.filter(({ seed }) => seeds.includes(seed)) };
}

async function collected(folder: string, plan: StatedPlan): Promise<StudyResults> {
  const { texts, manifest } = await collectResults(folder, plan);
  return {
    manifest,
    rows: parseLines(texts.rows, STUDY_FILES.rows, ROW),
    answers: parseLines(texts.answers, STUDY_FILES.answers, ANSWER),
    facts: parseLines(texts.facts, STUDY_FILES.facts, FACT),
  };
}
