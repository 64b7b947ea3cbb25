import { BENCHMARKS, type RegisteredBenchmark } from '../../evaluate/index.ts';
import type { ModelOptions } from '../../generate/index.ts';
import { STUDY_SCALE_NAMES, type StudyScale, type WorldScale } from '../../schema.ts';
import {
  type CheckpointStudy,
  checkpointStudy,
  type GivenCheckpointStudy,
} from '../config/checkpoint-study.ts';
import { type FoundCheckpoint, findCheckpoint } from '../config/find-checkpoint.ts';
import { type FoundData, findData } from '../config/find-data.ts';
import { modelFingerprint, sourceFingerprint } from '../config/fingerprint.ts';
import { IMITATION_DATA } from '../config/study.ts';
import { STUDY_SCALES, type WorldStudy } from '../config/world-study.ts';
import type { Device } from '../estimate/device.ts';
import { planCheckpoints } from './plan-checkpoints.ts';
import { planWorld } from './plan-world.ts';
import type { StudyRun } from './study-run.ts';

/** Choice of a study: its scale, and for the scale `full` the configuration. */
export type StudyChoice = {
  /** Each repeats the study with other draws. */
  seeds: readonly number[];
} & (
  | { scale: WorldScale }
  | {
      scale: 'full';
      /** Configuration; parts that it leaves out are as in the paper. */
      config: GivenCheckpointStudy;
      /** Device by which runs are estimated. */
      device?: Device;
      /** Benchmarks that there are; default {@link BENCHMARKS}. */
      benchmarks?: readonly RegisteredBenchmark[];
    }
);

/** A planned study. */
export interface StudyPlan {
  scale: StudyScale;
  seeds: readonly number[];
  config: WorldStudy | CheckpointStudy;
  /** Every run, each after those whose results it uses. */
  runs: StudyRun[];
  /** Missing checkpoints and data, with the reasons. */
  missing: readonly string[];
}

/** A planned study of checkpoints. */
export interface CheckpointStudyPlan extends StudyPlan {
  config: CheckpointStudy;
  checkpoints: FoundCheckpoint[];
  data: FoundData[];
  benchmarks: readonly RegisteredBenchmark[];
}

/**
 * Plans a study. Checkpoints and imitation data that are missing are planned all the same, as far as their shape is
 * known.
 *
 * @throws {RangeError} if there is no seed; or in the configuration no budget or no broad data.
 * @example
 * const { runs } = await planStudy({ scale: 'tiny', seeds: [1] })
 */
export async function planStudy(choice: StudyChoice): Promise<StudyPlan> {
  const { scale, seeds } = choice;
  return scale === 'full' ? planCheckpointStudy(choice) : planWorldStudy(scale, seeds);
}

/** Plans a study in worlds of its own, one for each seed. @throws {RangeError} if there is no seed. */
export function planWorldStudy(scale: WorldScale, seeds: readonly number[]): StudyPlan {
  if (seeds.length === 0) throw new RangeError('Cannot plan a study: a seed is required, got none');
  const config = STUDY_SCALES[scale];
  const runs = seeds.flatMap(seed => planWorld(config, seed));
  return { scale, seeds, config, runs, missing: [] };
}

/** Returns the scale of a study that can be planned by it and seeds alone. @throws {RangeError} if it has no world of its own. */
export function worldScale(scale: string, folder: string): WorldScale {
  const scales = STUDY_SCALE_NAMES.filter(name => name !== 'full');
  const found = scales.find(name => name === scale);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot re-run the study of ${folder}: its scale must be ${scales.join(' or ')}, got ${scale}`,
  );
}

/** Plans a study of checkpoints and imitation data from outside. @throws as {@link planStudy} does. */
export async function planCheckpointStudy({
  config: given,
  seeds,
  device,
  benchmarks = BENCHMARKS,
}: Omit<Extract<StudyChoice, { scale: 'full' }>, 'scale'>): Promise<CheckpointStudyPlan> {
  const checked = checkpointStudy(given, benchmarks);
  const checkpoints: FoundCheckpoint[] = [];
  for (const checkpoint of checked.checkpoints) checkpoints.push(await findCheckpoint(checkpoint));
  const data: FoundData[] = [];
  for (const kind of IMITATION_DATA) {
    const sources = checked.data[kind];
    if (sources.length > 0) data.push(await findData(kind, sources));
  }
  const config = await withFingerprints(checked);
  const runs = planCheckpoints({ config, checkpoints, data, seeds, benchmarks, ...(device && { device }) });
  const needed = [
    ...checkpoints.map(({ name, missing }) => ({ name, missing })),
    ...data.map(({ kind, missing }) => ({ name: `${kind} imitation data`, missing })),
  ];
  const missing = needed.flatMap(({ name, missing }) =>
    missing.length > 0 ? [`${name}: ${missing.join(', ')}`] : [],
  );
  return { scale: 'full', seeds, config, runs, missing, checkpoints, data, benchmarks };
}

/** Adds the identities of the teachers, the judge and the prompts, so that another file of the same name is another study. */
async function withFingerprints(config: CheckpointStudy): Promise<CheckpointStudy> {
  const { teacher, secondTeacher, judge, prompts } = config;
  return {
    ...config,
    teacher: await withFingerprint(teacher),
    ...(secondTeacher && { secondTeacher: await withFingerprint(secondTeacher) }),
    ...(judge && { judge: await withFingerprint(judge) }),
    prompts: { ...prompts, fingerprint: await sourceFingerprint(prompts.source) },
  };
}

async function withFingerprint<Model extends ModelOptions>(
  model: Model,
): Promise<Model & { fingerprint: string | null }> {
  return { ...model, fingerprint: await modelFingerprint(model) };
}
