import { join } from 'node:path';
import { writeFileAtomic } from '../../files/index.ts';
import { completedRuns } from '../../jobs/index.ts';
import { anything, list, literal, loadJson, number, object, string } from '../../runs/index.ts';
import { STUDY_SCALE_NAMES, type StudyScale } from '../../schema.ts';
import { OPEN } from '../study-lines.ts';
import { planWorldStudy, type StudyPlan, worldScale } from './plan-study.ts';
import { loadManifest } from './study-files.ts';
import type { StudyRun } from './study-run.ts';

/** A run as a study's folder states it. */
export type StatedRun = Pick<StudyRun, 'id' | 'stage' | 'label' | 'seed'>;

/** The plan of the study in a folder: its `plan.json`, written before the first run. */
export interface StatedPlan {
  scale: StudyScale;
  seeds: readonly number[];
  /** Configuration of the scale. */
  config: unknown;
  runs: readonly StatedRun[];
}

const PLAN = 'plan.json';

const STATED_PLAN = object<StatedPlan>(
  {
    scale: literal(...STUDY_SCALE_NAMES),
    seeds: list(number),
    config: anything,
    runs: list(object<StatedRun>({ id: string, stage: string, label: string, seed: number }, OPEN)),
  },
  OPEN,
);

/** Writes the plan of a study into its folder. */
export async function savePlan(folder: string, { scale, seeds, config, runs }: StudyPlan): Promise<void> {
  const stated: StatedPlan = {
    scale,
    seeds,
    config,
    runs: runs.map(({ id, stage, label, seed }) => ({ id, stage, label, seed })),
  };
  await writeFileAtomic(join(folder, PLAN), `${JSON.stringify(stated)}\n`);
}

/** Reads the plan that a study's folder states; undefined of one by an earlier version. */
export function loadPlan(folder: string): Promise<StatedPlan | undefined> {
  return loadJson(join(folder, PLAN), 'the plan of a study', STATED_PLAN);
}

/**
 * Finds the plan of the study in a folder. A study of an earlier version states none; one that has ended is planned again
 * by the scale and the seeds of its manifest.
 *
 * @throws {Error} if the folder holds neither, or a manifest whose scale cannot be planned again.
 */
export async function findPlan(folder: string): Promise<StatedPlan> {
  const stated = await loadPlan(folder);
  if (stated !== undefined) return stated;
  const manifest = await loadManifest(folder);
  if (manifest === undefined)
    throw new Error(
      `Cannot find the study in ${folder}: ${PLAN} or manifest.json is required, found neither`,
    );
  return planWorldStudy(worldScale(manifest.scale, folder), manifest.seeds);
}

/** Lists the seeds of a plan whose runs are all completed. */
export async function finishedSeeds(folder: string, { seeds, runs }: StatedPlan): Promise<number[]> {
  const completed = await completedRuns(folder);
  return seeds.filter(seed => runs.every(run => run.seed !== seed || completed.has(run.id)));
}
