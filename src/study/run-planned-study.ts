import type { PlannedRun } from '../jobs/index.ts';
import { type PlanOutcome, type RunPlanOptions, runPlan, standingRuns } from '../jobs/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import { recordStudy } from './record.ts';

/** Where and how a study's runs are done. */
export interface RunPlannedOptions extends RunPlanOptions {
  onProgress?: OnProgress | undefined;
}

/** What whoever runs a study says of where and how, whatever its scale. */
export interface StudyRunOptions extends Omit<RunPlannedOptions, 'stages' | 'threads'> {
  /** Each repeats the study with another draw. */
  seeds: readonly number[];
  /** Holds every run, and at the end `rows.jsonl`, `answers.jsonl`, `facts.jsonl` where there are any, and `manifest.json`. */
  folder: string;
  /** Stops it where it can go on; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Does the runs of a study that do not stand yet, tells how far they are by their costs, and writes what all of them
 * brought forth, if none failed.
 *
 * @param study what the manifest says of it.
 * @throws as {@link runPlan} does.
 */
export async function runPlannedStudy(
  plan: readonly PlannedRun[],
  study: { scale: string; seeds: readonly number[]; config: unknown },
  { onProgress, onEvent, signal = runningSignal(), ...options }: RunPlannedOptions,
): Promise<PlanOutcome> {
  const { folder } = options;
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
      ...{ task: `study ${study.scale}`, done, total: plan.length, unit: 'runs' },
      ...(note !== undefined && { note }),
      ...(pace !== undefined && { secondsLeft: Math.max(0, pace * (total - spent)) }),
    });
  };
  report();
  const outcome = await runPlan(plan, {
    ...{ ...options, signal },
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
  if (outcome.failed.length === 0) await recordStudy(folder, plan, study);
  return outcome;
}
