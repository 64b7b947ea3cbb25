import { seededRandom } from '../stats/index.ts';
import { questionOf } from './phrasings.ts';
import { RELATIONS, type RelationName } from './relations.ts';
import { claimOf } from './statements.ts';
import type { Fact, Role, World } from './world.ts';

/** A question on a fact, with what may be chosen for an answer. */
export interface FactQuestion {
  /** The fact's. */
  id: string;
  question: string;
  /** Answer that counts: the fact's object. */
  answers: readonly [string];
  /** The answer and three others of its type, in random order. */
  choices: readonly string[];
  relation: RelationName;
  rank: number;
}

/** Answers to choose from. */
const CHOICES = 4;

/**
 * Makes questions on facts of the entities of one role. Those of the role `held` are in the corpus as statements
 * alone: neither there nor in imitation data is anything asked or said of their subjects.
 *
 * @param role default `held`; examples for a prompt come from `asked`.
 * @throws {RangeError} if the world has not so many facts of that role.
 */
export function factQuestions(world: World, count: number, role: Role = 'held'): FactQuestion[] {
  const { shuffle } = seededRandom(`world/${world.seed}/fact questions/${role}`);
  const facts = shuffle(world.facts.filter(({ subject }) => world.roles[subject] === role));
  if (facts.length < count)
    throw new RangeError(
      `Cannot ask about ${count} facts: the world has ${facts.length} of entities that are ${role}`,
    );
  const othersOf = ({ relation, object }: Fact): string[] => {
    const type = RELATIONS.find(({ name }) => name === relation)?.object;
    return type === undefined ? [] : shuffle(world.objects[type].filter(other => other !== object));
  };
  return facts.slice(0, count).map(fact => ({
    id: fact.id,
    question: questionOf(claimOf(world, fact)),
    answers: [fact.object],
    choices: shuffle([fact.object, ...othersOf(fact).slice(0, CHOICES - 1)]),
    relation: fact.relation,
    rank: fact.rank,
  }));
}
