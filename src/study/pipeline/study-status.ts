import { completedRuns, type RunFailure, readFailures } from '../../jobs/index.ts';
import { folderLease, leaseOwner } from '../../runs/index.ts';
import { findPlan, finishedSeeds, type StatedPlan } from './plan-file.ts';

/** Progress of a study in its folder. */
export interface StudyStatus {
  scale: string;
  seeds: readonly number[];
  /** Seeds all of whose runs are completed. */
  finished: number[];
  /** Number of runs of the plan. */
  runs: number;
  completed: number;
  failed: RunFailure[];
  /** Number of runs that are neither completed nor failed. */
  pending: number;
  /** The process that runs it; null if none does. */
  process: number | null;
}

/**
 * Reports the progress of a study in its folder, whether or not it is being run.
 *
 * @param plan default the one that the folder states.
 * @throws {Error} if the folder holds no study.
 */
export async function studyStatus(folder: string, plan?: StatedPlan): Promise<StudyStatus> {
  const { scale, seeds, ...stated } = plan ?? (await findPlan(folder));
  const found = await completedRuns(folder);
  const failures = await readFailures(folder);
  const { runs } = stated;
  const completed = runs.filter(({ id }) => found.has(id)).length;
  const failed = runs.flatMap(({ id }) => failures.get(id) ?? []);
  return {
    scale,
    seeds,
    finished: await finishedSeeds(folder, { scale, seeds, ...stated }),
    runs: runs.length,
    completed,
    failed,
    pending: runs.length - completed - failed.length,
    process: leaseOwner(folderLease(folder))?.process.pid ?? null,
  };
}
