import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFolder, runPlan } from '../../jobs/index.ts';
import { runningSignal } from '../../notebook/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { StudyRow } from '../../schema.ts';
import { originsOf } from '../pipeline/append-record.ts';
import { differingWorld } from '../pipeline/differing-world.ts';
import { readStudy, recordedStudy, scaleOf } from '../pipeline/open-study.ts';
import { planWorldStudy } from '../pipeline/plan-study.ts';
import { planHash, thisMachine } from '../pipeline/record-study.ts';
import { STAGES } from '../pipeline/run-study.ts';
import type { StudyManifest } from '../pipeline/study-files.ts';
import { parseLines, ROW } from '../study-lines.ts';
import { compareRows, type RowDifference } from './compare-rows.ts';
import { samplePlan } from './sample-plan.ts';

/** Options of {@link verifyStudy}. */
export interface VerifyStudyOptions {
  /** Folder of the results; default the package's recorded ones. */
  recorded?: string;
  /** Number of imitation models to train again; default 1. */
  sample?: number;
  /** Number of the draw: another one draws another seed and other models; default 1. */
  draw?: number;
  /** Folder that keeps the runs; default a temporary one. */
  folder?: string;
  workers?: number;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/** Outcome of verifying a study. */
export interface StudyVerification {
  seed: number;
  /** Models that were trained or asked again, and measured. */
  models: string[];
  /** Number of rows that were compared. */
  rows: number;
  /** True if rows must be equal to the bit, since the machine is of the same kind; else they have a tolerance. */
  exact: boolean;
  /** True if the results were made by the same configuration and stages; else rows may differ for that reason. */
  samePlan: boolean;
  different: RowDifference[];
}

/**
 * Re-runs a sampled part of a study, its world, base and imitation models, answers and measures, and compares its rows
 * with the recorded ones: to the bit on a machine of the same kind, with the same processor and TensorFlow, else within
 * a stated tolerance.
 *
 * @throws {Error} naming the first run that fails.
 * @throws {RangeError} if this version draws another world from the study's seeds.
 * @throws as `openStudy` does.
 */
export async function verifyStudy(options: VerifyStudyOptions = {}): Promise<StudyVerification> {
  const { recorded = recordedStudy(), sample = 1, draw = 1, signal = runningSignal() } = options;
  const study = await readStudy(recorded);
  const difference = differingWorld(study);
  if (difference !== undefined)
    throw new RangeError(
      `Cannot verify the study of ${recorded}: ${difference}; its rows can be compared by the version that recorded it alone`,
    );
  const { runs } = planWorldStudy(scaleOf(study), study.manifest.seeds);
  const part = samplePlan(runs, sample, draw);
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'study-verify-')));
  try {
    await runAll(part, folder, { ...options, signal });
    const found: StudyRow[] = [];
    const measured = part.filter(({ stage }) => stage === 'measure');
    for (const { id } of measured) {
      const text = await readFile(join(runFolder(folder, id), 'rows.jsonl'), 'utf8');
      found.push(...parseLines(text, 'rows.jsonl', ROW));
    }
    const origin = originOf(study.manifest, part[0]?.seed);
    const exact = isSameKind(origin, await thisMachine());
    return {
      seed: part[0]?.seed ?? 0,
      models: measured.map(({ label }) => label.replace(/^measures of /, '').replace(/, seed \d+$/, '')),
      rows: found.length,
      exact,
      samePlan: planHash(runs) === study.manifest.plan,
      different: compareRows(study.rows, found, exact),
    };
  } finally {
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function runAll(
  part: ReturnType<typeof samplePlan>,
  folder: string,
  {
    workers,
    signal,
    onProgress,
  }: Pick<VerifyStudyOptions, 'workers' | 'onProgress'> & { signal: AbortSignal | undefined },
): Promise<void> {
  let done = 0;
  const report = (note: string) =>
    onProgress?.({ task: 'verify', done, total: part.length, unit: 'runs', note });
  const { failed } = await runPlan(part, {
    folder,
    stages: STAGES,
    workers,
    signal,
    onEvent: ({ type, run }) => {
      if (type === 'done') done++;
      if (type !== 'progress') report(`${run.label} ${type}`);
    },
  });
  const [first] = failed;
  if (first !== undefined) throw new Error(`Cannot verify the study: ${first.label} failed: ${first.error}`);
}

type Machine = Pick<StudyManifest, 'versions' | 'device'>;

/** Returns where a seed was run. */
function originOf(manifest: StudyManifest, seed: number | undefined): Machine {
  return originsOf(manifest).find(({ seeds }) => seeds.some(own => own === seed)) ?? manifest;
}

/** Returns whether two machines compute the same bits: by one processor and one TensorFlow. */
function isSameKind(a: Machine, b: Machine): boolean {
  const kindOf = ({ versions, device }: Machine) => {
    const builds = Object.entries(versions).filter(([name]) => name.startsWith('tensorflow'));
    return JSON.stringify([device.platform, device.cpu, builds]);
  };
  return kindOf(a) === kindOf(b);
}
