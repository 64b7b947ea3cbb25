import { buildWorld, WORLD_SIZES, type World } from '../../world/index.ts';
import type { StudyResults } from './study-files.ts';

/**
 * Draws the world of a study's seed, as this version draws it.
 *
 * @throws {RangeError} if the study's world is none that a seed draws.
 */
export function worldOf(manifest: StudyResults['manifest'], seed: number): World {
  const size = sizeOf(manifest);
  if (size === undefined)
    throw new RangeError(
      `Cannot draw the world of a study of scale ${manifest.scale}: a world of ${Object.keys(WORLD_SIZES).join(' or ')} is required`,
    );
  return buildWorld(seed, size);
}

/**
 * Finds a fact of a study that the world of its seed does not have, as this version draws it: the study was recorded by a
 * version that drew another one.
 *
 * @returns a clause that names the fact; `undefined` where all facts are the same, or the study has no world.
 */
export function differingWorld({
  facts,
  manifest,
}: Pick<StudyResults, 'facts' | 'manifest'>): string | undefined {
  if (sizeOf(manifest) === undefined) return undefined;
  for (const seed of new Set(facts.map(fact => fact.seed))) {
    const objects = new Map(worldOf(manifest, seed).facts.map(({ id, object }) => [id, object]));
    const other = facts.find(fact => fact.seed === seed && objects.get(fact.promptId) !== fact.reference);
    if (other === undefined) continue;
    const { promptId, reference } = other;
    const drawn = objects.get(promptId) ?? 'missing';
    return `this version draws another world from seed ${seed}: ${promptId} was ${reference}, and is ${drawn}`;
  }
  return undefined;
}

function sizeOf({ config }: StudyResults['manifest']) {
  const name = typeof config === 'object' && config !== null && 'world' in config ? config.world : undefined;
  return Object.entries(WORLD_SIZES).find(([size]) => size === name)?.[1];
}
