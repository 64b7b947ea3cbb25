import { completedRuns, type RunFailure, readFailures } from '../../jobs/index.ts';
import { folderLease, leaseOwner } from '../../runs/index.ts';
import type { StudyPlan } from './plan-study.ts';

/** Progress of a study in its folder. */
export interface StudyStatus {
  /** Number of runs of the plan. */
  runs: number;
  completed: number;
  failed: RunFailure[];
  /** Number of runs that are neither completed nor failed. */
  pending: number;
  /** The process that runs it; null if none does. */
  process: number | null;
}

/** Reports the progress of a study in its folder, whether or not it is being run. */
export async function studyStatus(folder: string, { runs }: Pick<StudyPlan, 'runs'>): Promise<StudyStatus> {
  const found = await completedRuns(folder);
  const failures = await readFailures(folder);
  const completed = runs.filter(({ id }) => found.has(id)).length;
  const failed = runs.flatMap(({ id }) => failures.get(id) ?? []);
  return {
    runs: runs.length,
    completed,
    failed,
    pending: runs.length - completed - failed.length,
    process: leaseOwner(folderLease(folder))?.process.pid ?? null,
  };
}
