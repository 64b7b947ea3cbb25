import type { Random } from '../stats/index.ts';
import { RELATIONS, type RelationName } from './relations.ts';
import type { Entity, Fact, World } from './world.ts';
import { zipfWeights } from './zipf.ts';

/** A fact before it has its rank. */
export type PlainFact = Omit<Fact, 'rank' | 'weight'>;

/** One fact for each relation of each entity. A country's capital is one of its cities. */
export function trueFacts(
  entities: readonly Entity[],
  objects: World['objects'],
  random: Random,
): PlainFact[] {
  const countries = entities.filter(({ kind }) => kind === 'country');
  const cities = random.shuffle(entities.filter(({ kind }) => kind === 'city'));
  // In turn, so that each country has a city; the first of each is its capital.
  const countryOf = new Map(cities.map((city, index) => [city.id, countries[index % countries.length]]));
  const placed: Partial<Record<RelationName, (entity: Entity) => string | undefined>> = {
    country: city => countryOf.get(city.id)?.name,
    capital: country => cities.find(city => countryOf.get(city.id) === country)?.name,
  };
  return entities.flatMap(entity =>
    RELATIONS.filter(({ of }) => of === entity.kind).map(({ name, object }) => ({
      id: `${entity.id}/${name}`,
      subject: entity.id,
      relation: name,
      object: placed[name]?.(entity) ?? random.choose(objects[object]),
    })),
  );
}

/** Facts by how often they are stated, in an order that has nothing to do with what they are about. */
export function rankFacts(facts: readonly PlainFact[], random: Random): Fact[] {
  const weights = zipfWeights(facts.length);
  return random
    .shuffle(facts)
    .map((fact, index) => ({ ...fact, rank: index + 1, weight: weights[index] ?? 0 }));
}
