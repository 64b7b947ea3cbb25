import type { PlanOutcome } from '../jobs/index.ts';
import { STUDY_SCALES } from './plan/study-config.ts';
import { studyPlan } from './plan/study-plan.ts';
import { runPlannedStudy, type StudyRunOptions } from './run-planned-study.ts';

/** Which study to run, where and how. */
export interface RunStudyOptions extends StudyRunOptions {
  scale: 'tiny' | 'mini';
  /** Each draws a world, first weights, data and order. */
  seeds: readonly number[];
  /** Processes of one thread each; default one for each core. */
  workers?: number | undefined;
}

/** The stages as they are built: Node runs no TypeScript. The path is the same from `src` and from `dist`. */
export const STAGES = new URL('../../dist/study/stages/index.js', import.meta.url);

/**
 * Runs a study: worlds, base models, imitation models, their answers and measures. Runs that stand are not made again,
 * so that the same call goes on after it was stopped or killed, to the same rows.
 *
 * @returns what came of the runs; the rows are written if none failed.
 * @throws as {@link runPlan} does.
 */
export async function runStudy(options: RunStudyOptions): Promise<PlanOutcome> {
  const { scale, seeds, ...how } = options;
  const study = { scale, seeds, config: STUDY_SCALES[scale] };
  return runPlannedStudy(studyPlan(scale, seeds), study, { ...how, stages: STAGES });
}
