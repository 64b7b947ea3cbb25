import { runningSignal } from '../../notebook/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { GivenCheckpointStudy } from '../config/checkpoint-study.ts';
import type { Device } from '../estimate/device.ts';
import { gigabytesOf } from '../estimate/estimate-run.ts';
import { planCheckpointStudy } from '../pipeline/plan-study.ts';
import type { StudyRun } from '../pipeline/study-run.ts';
import { checkStudy } from './check-study.ts';
import type { Rehearsal } from './rehearse.ts';
import type { StudyCheck } from './study-check.ts';

/** Expected requirements of a run, as they are printed. */
export interface DryRunRow {
  run: string;
  stage: string;
  label: string;
  /** Null where it is unknown before the data are available. */
  tokens: number | null;
  /** Floating-point operations. */
  operations: number | null;
  /** Gigabytes at the peak; `parts` divides them by purpose. */
  memory: number;
  parts: Readonly<Record<string, number>>;
  hours: number | null;
  /** In the currency of the price that the config states; null without one. */
  cost: number | null;
}

/** Requirements of a study, what is missing, and the outcome of its small-scale rehearsal. */
export interface DryRun {
  device: Device;
  checks: StudyCheck[];
  runs: DryRunRow[];
  /** Over the runs whose time is known. */
  total: { runs: number; hours: number; cost: number | null; unknown: number };
  rehearsal: Rehearsal;
}

/**
 * Checks a study of checkpoints without running it: its data, memory and device; estimates every run; and rehearses each
 * stage on two examples with tiny random weights of the same architecture.
 *
 * @param options.folder planned folder of the study, to check its disk; nothing is written there.
 * @throws {Error} if no checkpoint's shape is known.
 */
export async function dryRun(
  given: GivenCheckpointStudy,
  options: {
    seeds: readonly number[];
    folder: string;
    signal?: AbortSignal | undefined;
    onProgress?: OnProgress | undefined;
  },
): Promise<DryRun> {
  const { seeds, folder, signal = runningSignal(), onProgress } = options;
  const { findDevice } = await import('./find-device.ts');
  const device = await findDevice(given.device ?? {});
  signal?.throwIfAborted();
  const study = await planCheckpointStudy({ config: given, seeds, device });
  const checks = await checkStudy(study, device, folder);
  const runs = study.runs.flatMap(run => rowOf(run, device));
  const known = runs.flatMap(({ hours }) => hours ?? []);
  const hours = known.reduce((sum, each) => sum + each, 0);
  const total = {
    runs: runs.length,
    hours,
    cost: costOf(hours, device),
    unknown: runs.length - known.length,
  };
  const ready = study.benchmarks.filter(({ name }) =>
    checks.some(({ what, state }) => what === name && state === 'ok'),
  );
  const { rehearse } = await import('./rehearse.ts');
  const rehearsal = await rehearse(study, ready, { signal, onProgress });
  return { device, checks, runs, total, rehearsal };
}

function rowOf({ id, stage, label, estimate }: StudyRun, device: Device): DryRunRow[] {
  if (estimate === null) return [];
  const { tokens, operations, seconds, memory } = estimate;
  const hours = seconds === null ? null : seconds / 3600;
  const parts = Object.fromEntries(Object.entries(memory).map(([name, bytes]) => [name, bytes / 1e9]));
  const cost = hours === null ? null : costOf(hours, device);
  return [{ run: id, stage, label, tokens, operations, memory: gigabytesOf(estimate), parts, hours, cost }];
}

function costOf(hours: number, { pricePerHour }: Device): number | null {
  return pricePerHour === null ? null : hours * pricePerHour;
}
