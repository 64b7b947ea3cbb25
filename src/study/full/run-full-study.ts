import { availableParallelism } from 'node:os';
import type { PlanOutcome } from '../../jobs/index.ts';
import { runPlannedStudy, type StudyRunOptions } from '../run-planned-study.ts';
import type { Device } from './estimate/device.ts';
import { type FoundCheckpoint, findCheckpoint } from './find-checkpoint.ts';
import { type FoundData, findData } from './find-data.ts';
import { type FullConfig, type FullData, fullConfig, type GivenFullConfig } from './full-config.ts';
import { type FullRun, fullPlan } from './full-plan.ts';

/** A full study with what was found of it. */
export interface FullStudy {
  config: FullConfig;
  checkpoints: FoundCheckpoint[];
  data: FoundData[];
  plan: FullRun[];
}

/** The stages as they are built: Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const STAGES = new URL('../../../dist/study/full/stages/index.js', import.meta.url);

/**
 * Looks at the checkpoints and the imitation data that a config names, and plans the study's runs. What is missing is
 * said in `checkpoints` and `data`, and planned all the same, as far as its shape is known.
 *
 * @param device by which runs are estimated.
 * @throws {RangeError} if there is no seed, no budget or no broad data.
 */
export async function planFullStudy(
  given: GivenFullConfig,
  seeds: readonly number[],
  device?: Device,
): Promise<FullStudy> {
  const config = fullConfig(given);
  const checkpoints: FoundCheckpoint[] = [];
  for (const checkpoint of config.checkpoints) checkpoints.push(await findCheckpoint(checkpoint));
  const data: FoundData[] = [];
  for (const [kind, sources] of Object.entries(config.data) as [FullData, readonly string[]][])
    if (sources.length > 0) data.push(await findData(kind, sources));
  const plan = fullPlan({ config, checkpoints, data, seeds, ...(device && { device }) });
  return { config, checkpoints, data, plan };
}

/** Which full study to run, where and how. */
export interface RunFullStudyOptions extends StudyRunOptions {
  /** What it leaves out is as the paper has it. */
  config: GivenFullConfig;
  /** Each draws the dialogues of a budget and their order. */
  seeds: readonly number[];
  /** Processes that do runs side by side; default 1, which has the whole device. */
  workers?: number | undefined;
}

/**
 * Runs a full study: checkpoints of Hugging Face's layout imitate a teacher from real data, answer its prompts and are
 * put to the paper's benchmarks. Runs that stand are not made again, so that the same call goes on after it was
 * stopped or killed. Its rows have the form of the miniature study's, so that the same figures draw them.
 *
 * @throws {Error} if a checkpoint or a set of imitation data is missing.
 * @throws as `runPlan` does.
 */
export async function runFullStudy(options: RunFullStudyOptions): Promise<PlanOutcome> {
  const { config, seeds, ...how } = options;
  const study = await planFullStudy(config, seeds);
  requireAll([
    ...study.checkpoints.map(({ name, missing }) => ({ name, missing })),
    ...study.data.map(({ kind, missing }) => ({ name: `${kind} imitation data`, missing })),
  ]);
  return runFullPlan(study, seeds, how);
}

/** Does the runs of a study of which nothing is missing. @throws as `runPlan` does. */
export async function runFullPlan(
  { config, plan }: Pick<FullStudy, 'config' | 'plan'>,
  seeds: readonly number[],
  { workers = 1, ...how }: Omit<RunFullStudyOptions, 'config' | 'seeds'>,
): Promise<PlanOutcome> {
  // One process has the whole device; several share the processor's cores.
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  return runPlannedStudy(
    plan,
    { scale: 'full', seeds, config },
    { ...how, workers, threads, stages: STAGES },
  );
}

function requireAll(parts: readonly { name: string; missing: readonly string[] }[]): void {
  const lacking = parts.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return;
  const said = lacking.map(({ name, missing }) => `${name}: ${missing.join(', ')}`);
  throw new Error(`Cannot run the study: its checkpoints and data are required, found of ${said.join('; ')}`);
}
