import type { GivenFullConfig, PlannedRun } from '../study/index.ts';
import type { StudyFlags } from './study-options.ts';
import { UsageError } from './usage-error.ts';

/** The config of a full study: that of a file, in which paths are relative to it, or nothing, which is the paper's. */
export async function fullStudyConfig({ scale, config }: StudyFlags): Promise<GivenFullConfig> {
  if (config === undefined) return {};
  if (scale !== 'full')
    throw new UsageError(`Cannot take --config ${config}: --scale full is required, found ${scale}`);
  const { readConfig } = await import('./read-config.ts');
  return readConfig<GivenFullConfig>('study', config, []);
}

/** Every run of the study that a command line names. */
export async function plannedRuns(flags: StudyFlags): Promise<PlannedRun[]> {
  const { scale, seeds } = flags;
  const config = await fullStudyConfig(flags);
  const { planFullStudy, studyPlan } = await import('../study/index.ts');
  return scale === 'full' ? (await planFullStudy(config, seeds)).plan : studyPlan(scale, seeds);
}
