import type { PlannedRun } from '../jobs/index.ts';
import { holderOf, type RunFailure, readFailures, standingRuns } from '../jobs/index.ts';

/** How a study stands. */
export interface StudyStatus {
  /** Runs of the plan. */
  runs: number;
  /** Those whose results stand. */
  stand: number;
  failed: RunFailure[];
  /** Those that are neither. */
  left: number;
  /** The process that works on it; null if none does. */
  process: number | null;
}

/**
 * How a study stands in its folder, whether or not it is being run.
 *
 * @param plan every run of the study, as `studyPlan` or `planFullStudy` gives them.
 */
export async function studyStatus(folder: string, plan: readonly PlannedRun[]): Promise<StudyStatus> {
  const [standing, failures, holder] = [
    await standingRuns(folder),
    await readFailures(folder),
    await holderOf(folder),
  ];
  const stand = plan.filter(({ id }) => standing.has(id)).length;
  const failed = plan.flatMap(({ id }) => failures.get(id) ?? []);
  return {
    runs: plan.length,
    stand,
    failed,
    left: plan.length - stand - failed.length,
    process: holder?.pid ?? null,
  };
}
