import { STUDY_SCALE_NAMES } from '../../schema.ts';
import { planWorldStudy } from './plan-study.ts';
import { planHash } from './record-study.ts';
import type { StudyManifest } from './study-files.ts';

const WORLD_SCALES = STUDY_SCALE_NAMES.filter(name => name !== 'full');

type Made = Pick<StudyManifest, 'scale' | 'seeds' | 'plan'>;

/**
 * Returns whether a study in a world was made by the stages and settings of this version, so that its seeds give the same
 * world and models again.
 */
export function isOfThisVersion({ scale, seeds, plan }: Made): boolean {
  const found = WORLD_SCALES.find(name => name === scale);
  return found !== undefined && planHash(planWorldStudy(found, seeds).runs) === plan;
}

/** Returns the sentence that says why the world of a study of another version cannot be built again. */
export function otherVersion({ scale, seeds }: Made): string {
  return `the study of scale ${scale} and seeds ${seeds.join(', ')} was made by another version of its world, stages or settings, so that its seeds give another world now`;
}
