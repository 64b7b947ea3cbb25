import { availableParallelism } from 'node:os';
import { completedRuns, type PlanOutcome, type RunPlanOptions, runPlan } from '../../jobs/index.ts';
import { runningSignal } from '../../notebook/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import { savePlan } from './plan-file.ts';
import { PlanProgress } from './plan-progress.ts';
import { planStudy, type StudyChoice, type StudyPlan } from './plan-study.ts';
import { recordStudy } from './record-study.ts';

/** Place and manner of running a study. */
export interface StudyRunOptions extends Omit<RunPlanOptions, 'stages' | 'threads' | 'begin' | 'finish'> {
  /** Holds every run, and at the end `rows.jsonl`, `answers.jsonl`, `facts.jsonl` and `manifest.json`. */
  folder: string;
  /**
   * Processes that do runs side by side; default one of one thread for each core, and for the scale `full` a single
   * one, which has the whole device.
   */
  workers?: number | undefined;
  /** Stops it where it can be resumed; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
}

/** Options of {@link runStudy}. */
export type RunStudyOptions = StudyChoice & StudyRunOptions;

/** The built stages, since Node runs no TypeScript. The path is the same from `src` and from `dist`. */
export const STAGES = new URL('../../../dist/study/stages/index.js', import.meta.url);

/**
 * Runs a study: models imitate a teacher, answer its prompts and are measured. Completed runs are kept, so that the
 * same call resumes after it was stopped or killed, and ends in the same rows. The rows are written if no run failed;
 * they have one form at every scale, so that the same figures draw them.
 *
 * @throws {Error} if a checkpoint or a set of imitation data is missing.
 * @throws as {@link runPlan} does.
 * @example
 * // Needs minutes of training.
 * await runStudy({ scale: 'tiny', seeds: [1], folder: 'runs/tiny', onProgress: progressLine() })
 */
export async function runStudy(options: RunStudyOptions): Promise<PlanOutcome> {
  const plan = await planStudy(options);
  if (plan.missing.length > 0)
    throw new Error(
      `Cannot run the study: its checkpoints and data are required, missing are ${plan.missing.join('; ')}`,
    );
  return runStudyPlan(plan, options);
}

/** Does the runs of a planned study that are not completed, and writes its rows. @throws as {@link runPlan} does. */
export async function runStudyPlan(plan: StudyPlan, options: StudyRunOptions): Promise<PlanOutcome> {
  const { folder, onProgress, onEvent, signal = runningSignal() } = options;
  const isFull = plan.scale === 'full';
  const { workers = isFull ? 1 : availableParallelism() } = options;
  const progress = new PlanProgress(plan, await completedRuns(folder), onProgress);
  return runPlan(plan.runs, {
    folder,
    stages: STAGES,
    workers,
    // What a world's models compute must not depend on the number of threads.
    threads: isFull ? Math.max(1, Math.floor(availableParallelism() / workers)) : 1,
    signal,
    onEvent: event => {
      onEvent?.(event);
      progress.follow(event);
    },
    begin: () => savePlan(folder, plan),
    finish: () => recordStudy(folder, plan),
  });
}
