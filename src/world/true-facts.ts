import type { Random } from '../stats/index.ts';
import { RELATIONS, type RelationName } from './relations.ts';
import type { Entity, Fact, World } from './world.ts';

/**
 * Flattening of Zipf's law at its head, and its steepness: the rarest of 1,200 facts is stated a tenth as often as
 * the commonest.
 */
const SHIFT = 20;
const EXPONENT = 0.7;

/** Computes shares by rank, the largest first; they sum to 1. */
function zipfWeights(n: number): number[] {
  const weights = Array.from({ length: n }, (_, index) => (index + 1 + SHIFT) ** -EXPONENT);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map(weight => weight / sum);
}

/** A fact before it has its use. */
export type RankedFact = Omit<Fact, 'use'>;

/** A fact before it has its rank. */
export type PlainFact = Omit<RankedFact, 'rank' | 'weight'>;

/** Draws one fact for each relation of each entity. A country's capital is one of its cities. */
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

/** Weights facts by how often they are stated, in an order independent of what they are about. */
export function rankFacts(facts: readonly PlainFact[], random: Random): RankedFact[] {
  const weights = zipfWeights(facts.length);
  return random
    .shuffle(facts)
    .map((fact, index) => ({ ...fact, rank: index + 1, weight: weights[index] ?? 0 }));
}
