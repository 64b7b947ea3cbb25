import { studyPlan } from './plan/study-plan.ts';
import { holderOf } from './runner/hold-folder.ts';
import { type RunFailure, readFailures, standingRuns } from './runner/study-folder.ts';

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

/** How a study stands in its folder, whether or not it is being run. @throws {RangeError} if there is no seed. */
export async function studyStatus(
  folder: string,
  scale: 'tiny' | 'mini',
  seeds: readonly number[],
): Promise<StudyStatus> {
  const plan = studyPlan(scale, seeds);
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
