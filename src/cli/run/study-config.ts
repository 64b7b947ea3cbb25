import type { GivenCheckpointStudy, StudyChoice, StudyPlan } from '../../study/index.ts';
import type { StudyFlags } from '../commands/study-options.ts';
import { readConfig } from '../declare/read-config.ts';
import { UsageError } from '../exit.ts';

/** Reads the config of a full study; without a file it is empty, which is the paper's study. */
export async function fullStudyConfig({ scale, config }: StudyFlags): Promise<GivenCheckpointStudy> {
  if (config === undefined) return {};
  if (scale !== 'full') throw new UsageError(`--config requires --scale full, got ${scale}`);
  return readConfig<GivenCheckpointStudy>('study', config);
}

/** Returns the study that a command line names. */
export async function studyChoice(flags: StudyFlags): Promise<StudyChoice> {
  const { scale, seeds } = flags;
  const config = await fullStudyConfig(flags);
  return scale === 'full' ? { scale, seeds, config } : { scale, seeds };
}

/** Plans the study that a command line names. @throws {UsageError} as {@link asConfigured}. */
export async function plannedStudy(flags: StudyFlags): Promise<StudyPlan> {
  const { planStudy } = await import('../../study/index.ts');
  const choice = await studyChoice(flags);
  return asConfigured(flags, () => planStudy(choice));
}

/**
 * Does work that begins with planning the study of a config.
 *
 * @throws {UsageError} naming the config and what it states that no study has, such as an unknown benchmark.
 */
export async function asConfigured<T>({ config }: StudyFlags, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError && config !== undefined)
      throw new UsageError(`${config}: ${error.message}`, { cause: error });
    throw error;
  }
}
