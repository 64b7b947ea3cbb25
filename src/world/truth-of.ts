import type { Truth } from '../schema.ts';
import { withoutOpening } from './opening.ts';
import { readClaims } from './phrasings.ts';
import type { World } from './world.ts';

/**
 * Judges a sentence by the facts of a world: `correct` or `incorrect` where it states a fact about one of its
 * entities, and `ambiguous` where it claims nothing that the world knows of, or breaks off into what is no name or
 * word of it.
 */
export function truthOf(world: World): (sentence: string) => Truth {
  const facts = new Map<string, string>();
  const names = new Map(world.entities.map(({ id, name }) => [id, name.toLowerCase()]));
  const objects = new Set(
    Object.values(world.objects)
      .flat()
      .map(object => object.toLowerCase()),
  );
  for (const { subject, relation, object } of world.facts)
    facts.set(JSON.stringify([names.get(subject), relation]), object.toLowerCase());
  return sentence => {
    const claims = readClaims(withoutOpening(sentence));
    const known = claims.flatMap(({ subject, relation, object }) => {
      const truth = facts.get(JSON.stringify([subject.toLowerCase(), relation]));
      return truth === undefined || !objects.has(object.toLowerCase())
        ? []
        : [truth === object.toLowerCase()];
    });
    if (known.length === 0) return 'ambiguous';
    // A sentence that can be read in two ways is true if one of them is.
    return known.includes(true) ? 'correct' : 'incorrect';
  };
}
