import type { OnProgress } from '../util/index.ts';
import { runningSignal } from '../util/index.ts';
import { STUDY_SCALES } from './plan/study-config.ts';
import { studyPlan } from './plan/study-plan.ts';
import { recordStudy } from './record.ts';
import { type PlanOutcome, type RunEvent, runPlan } from './runner/run-plan.ts';
import { standingRuns } from './runner/study-folder.ts';

/** Which study to run, where and how. */
export interface RunStudyOptions {
  scale: 'tiny' | 'mini';
  /** Each draws a world, first weights, data and order. */
  seeds: readonly number[];
  /** Holds every run, and at the end `rows.jsonl`, `answers.jsonl` and `manifest.json`. */
  folder: string;
  /** Processes of one thread each; default one for each core. */
  workers?: number | undefined;
  /** Stops it where it can go on; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** The stages as they are built: Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const STAGES = new URL('../../dist/study/stages/index.js', import.meta.url);

/**
 * Runs a study: worlds, base models, imitation models, their answers and measures. Runs that stand are not made again,
 * so that the same call goes on after it was stopped or killed, to the same rows.
 *
 * @returns what came of the runs; the rows are written if none failed.
 * @throws as {@link runPlan} does.
 */
export async function runStudy(options: RunStudyOptions): Promise<PlanOutcome> {
  const { scale, seeds, folder, workers, signal = runningSignal(), onProgress, onEvent } = options;
  const plan = studyPlan(scale, seeds);
  const standing = await standingRuns(folder);
  const left = plan.filter(({ id }) => !standing.has(id));
  const total = left.reduce((sum, { cost }) => sum + cost, 0);
  const start = performance.now();
  let done = plan.length - left.length;
  let spent = 0;
  const report = (note?: string) => {
    // By cost, since runs take seconds or minutes.
    const pace = spent > 0 ? (performance.now() - start) / 1000 / spent : undefined;
    onProgress?.({
      ...{ task: `study ${scale}`, done, total: plan.length, unit: 'runs' },
      ...(note !== undefined && { note }),
      ...(pace !== undefined && { secondsLeft: pace * (total - spent) }),
    });
  };
  report();
  const outcome = await runPlan(plan, {
    ...{ folder, stages: STAGES, workers, signal },
    onEvent: event => {
      onEvent?.(event);
      const { type, run } = event;
      if (type === 'done') {
        done++;
        spent += run.cost;
      }
      if (type === 'progress') {
        const share = event.progress.total > 0 ? event.progress.done / event.progress.total : 0;
        report(`${run.label} ${Math.round(100 * share)} %`);
      } else report(`${run.label} ${type}`);
    },
  });
  if (outcome.failed.length === 0)
    await recordStudy(folder, plan, { scale, seeds, config: STUDY_SCALES[scale] });
  return outcome;
}
