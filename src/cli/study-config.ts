import type { GivenCheckpointStudy, StudyChoice, StudyPlan } from '../study/index.ts';
import type { StudyFlags } from './study-options.ts';
import { UsageError } from './usage-error.ts';

/** The config of a full study: that of a file, in which paths are relative to it, or nothing, which is the paper's. */
export async function fullStudyConfig({ scale, config }: StudyFlags): Promise<GivenCheckpointStudy> {
  if (config === undefined) return {};
  if (scale !== 'full')
    throw new UsageError(`Cannot take --config ${config}: --scale full is required, found ${scale}`);
  const { readConfig } = await import('./read-config.ts');
  return readConfig<GivenCheckpointStudy>('study', config, []);
}

/** Returns the study that a command line names. */
export async function studyChoice(flags: StudyFlags): Promise<StudyChoice> {
  const { scale, seeds } = flags;
  const config = await fullStudyConfig(flags);
  return scale === 'full' ? { scale, seeds, config } : { scale, seeds };
}

/** Plans the study that a command line names. */
export async function plannedStudy(flags: StudyFlags): Promise<StudyPlan> {
  const { planStudy } = await import('../study/index.ts');
  return planStudy(await studyChoice(flags));
}
