import { type Random, seededRandom } from '../stats/index.ts';
import { namer } from './names.ts';
import { KINDS } from './relations.ts';
import { type RankedFact, rankFacts, trueFacts } from './true-facts.ts';
import { WORDS, YEARS } from './values.ts';
import type { Entity, Fact, FactUse, World, WorldSize } from './world.ts';

/** Entities that share a given name. */
const BEARERS = 5;
/** Invented words of each type that is no entity. */
const POOLS = { river: 12, language: 10, currency: 10 };
/** Plain words that no name may hold or be part of. */
const TAKEN = Object.values(WORDS).flat();
/** Fewest entities of a kind: a question on a fact has four answers to choose from. */
const FEWEST = 4;
/**
 * Uses of the four facts of an entity, by turns within its kind: one is asked; of the rest every second entity has two
 * held, the others one.
 */
const USES: readonly (readonly FactUse[])[] = [
  ['asked', 'imitated', 'held', 'held'],
  ['asked', 'imitated', 'imitated', 'held'],
];

/**
 * Builds a miniature world: entities with invented names, and one fact for each relation of each entity. The same
 * seed and size give the same world.
 *
 * @throws {RangeError} if a kind has fewer than four entities, or there are fewer cities than countries.
 */
export function buildWorld(seed: number, size: WorldSize): World {
  requireSize(size);
  const stream = (name: string) => seededRandom(`world/${seed}/${name}`);
  const name = namer(stream('names'), TAKEN);
  const entities = nameEntities(size, name);
  const objects = objectsOf(entities, name);
  const ranked = rankFacts(trueFacts(entities, objects, stream('facts')), stream('ranks'));
  return { seed, size, entities, facts: assignUses(entities, ranked, stream('uses')), objects };
}

function requireSize({ entities }: WorldSize): void {
  const small = KINDS.find(kind => entities[kind] < FEWEST);
  const found = KINDS.map(kind => `${entities[kind]} of kind ${kind}`).join(', ');
  if (small || entities.city < entities.country)
    throw new RangeError(
      `Cannot build a world: at least ${FEWEST} entities of each kind and a city for each country are required, found ${found}`,
    );
}

type Namer = ReturnType<typeof namer>;

function nameEntities(size: WorldSize, name: Namer): Entity[] {
  const given = Array.from({ length: Math.ceil(size.entities.person / BEARERS) }, () => name('givenName'));
  return KINDS.flatMap(kind =>
    Array.from({ length: size.entities[kind] }, (_, i) => ({
      id: `${kind}-${i + 1}`,
      kind,
      name: kind === 'person' ? `${given[i % given.length]} ${name(kind)}` : name(kind),
    })),
  );
}

/**
 * Collects what facts can name: the entities of each kind, plain words, years, and invented words that only facts
 * know.
 */
function objectsOf(entities: readonly Entity[], name: Namer): World['objects'] {
  const named = (kind: Entity['kind']) =>
    entities.flatMap(entity => (entity.kind === kind ? [entity.name] : []));
  const invented = (type: keyof typeof POOLS) => Array.from({ length: POOLS[type] }, () => name(type));
  return {
    person: named('person'),
    city: named('city'),
    country: named('country'),
    company: named('company'),
    product: named('product'),
    book: named('book'),
    ...WORDS,
    year: YEARS,
    river: invented('river'),
    language: invented('language'),
    currency: invented('currency'),
  };
}

/** Assigns uses to the facts of each entity, whatever their relations. */
function assignUses(entities: readonly Entity[], facts: readonly RankedFact[], random: Random): Fact[] {
  const uses = new Map<string, FactUse>();
  for (const [index, { id }] of entities.entries()) {
    const own = random.shuffle(facts.filter(({ subject }) => subject === id));
    for (const [place, use] of (USES[index % USES.length] ?? []).entries())
      uses.set(own[place]?.id ?? '', use);
  }
  return facts.map(fact => ({ ...fact, use: uses.get(fact.id) ?? 'held' }));
}
