import { seededRandom } from '../stats/index.ts';
import { questionOf } from './phrasings.ts';
import { RELATIONS, type RelationName } from './relations.ts';
import { claimOf } from './statements.ts';
import type { Fact, FactUse, World } from './world.ts';

/** A question on a fact, with what may be chosen for an answer. */
export interface FactQuestion {
  /** The fact's. */
  id: string;
  question: string;
  /** Answer that counts: the fact's object. */
  answers: readonly [string];
  /** The answer and three wrong ones, in random order. */
  choices: readonly string[];
  relation: RelationName;
  rank: number;
}

/** Answers to choose from. */
const CHOICES = 4;

/**
 * Makes questions on facts of one use, with three wrong answers each: what other entities have for that relation. Facts
 * of the use `held` are in the corpus as statements alone: neither there nor in imitation data are they asked for.
 *
 * @param use default `held`; examples for a prompt come from `asked`.
 * @throws {RangeError} if the world has not so many facts of that use.
 */
export function factQuestions(world: World, count: number, use: FactUse = 'held'): FactQuestion[] {
  const { shuffle } = seededRandom(`world/${world.seed}/fact questions/${use}`);
  const facts = shuffle(world.facts.filter(fact => fact.use === use));
  if (facts.length < count)
    throw new RangeError(`Cannot ask for ${count} facts: the world has ${facts.length} that are ${use}`);
  return facts.slice(0, count).map(fact => ({
    id: fact.id,
    question: questionOf(claimOf(world, fact)),
    answers: [fact.object],
    choices: shuffle([fact.object, ...shuffle(otherObjects(world, fact)).slice(0, CHOICES - 1)]),
    relation: fact.relation,
    rank: fact.rank,
  }));
}

/** Lists what other entities have for a fact's relation; with other things of that type where they have too little. */
function otherObjects(world: World, { relation, object }: Fact): string[] {
  const given = world.facts.flatMap(fact => (fact.relation === relation ? [fact.object] : []));
  const type = RELATIONS.find(({ name }) => name === relation)?.object;
  const others = new Set(given.filter(other => other !== object));
  if (others.size >= CHOICES - 1 || type === undefined) return [...others];
  return world.objects[type].filter(other => other !== object);
}
