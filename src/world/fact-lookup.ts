import type { AskedFact } from '../schema.ts';
import type { World } from './world.ts';

/**
 * Looks up the subject and relation of a world's facts, by their ids.
 *
 * @returns a function that throws a `RangeError` for what is no fact of the world.
 */
export function factLookup(world: World): (id: string) => AskedFact {
  const kinds = new Map(world.entities.map(({ id, kind }) => [id, kind]));
  const facts = new Map(world.facts.map(fact => [fact.id, fact]));
  return id => {
    const fact = facts.get(id);
    const kind = fact && kinds.get(fact.subject);
    if (!fact || kind === undefined)
      throw new RangeError(`Cannot look up ${id}: a fact of the world is required`);
    const { relation, rank } = fact;
    return { kind, relation, rank };
  };
}
