import { type Random, seededRandom } from '../../stats/index.ts';
import type { Entity, World } from '../world.ts';

/** Fewest and most examples in a list. */
const [FEWEST, MOST] = [4, 6];
/** Opposites. */
const OPPOSITES = [
  ['old', 'new'],
  ['long', 'short'],
  ['high', 'low'],
  ['warm', 'cold'],
  ['loud', 'quiet'],
  ['early', 'late'],
  ['full', 'empty'],
  ['near', 'far'],
] as const;

interface Example {
  question: string;
  answer: string;
}

/** Rules that all examples of a list follow; nothing in them is a fact of the world. */
const RULES: readonly ((world: World, random: Random) => Example)[] = [
  ({ entities }, { choose, integer }) => {
    const [one, two] = ofTwoKinds(entities, choose);
    const asked = integer(2) === 0 ? one : two;
    return { question: `Is ${asked.name} a ${one.kind} or a ${two.kind}?`, answer: asked.kind };
  },
  ({ entities }, { choose }) => {
    const [one, two] = ofTwoKinds(entities, choose);
    return { question: `Which comes first, ${one.name} or ${two.name}?`, answer: one.name };
  },
  ({ entities }, { choose }) => {
    const [one, two] = ofTwoKinds(entities, choose);
    return { question: `Which comes last, ${one.name} or ${two.name}?`, answer: two.name };
  },
  ({ objects }, { choose }) => {
    const [person, good] = [choose(objects.person), choose(objects.good)];
    return { question: `The guest ${person} brought ${good}. Who brought ${good}?`, answer: person };
  },
  ({ objects }, { choose }) => {
    const [person, dish] = [choose(objects.person), choose(objects.dish)];
    return { question: `The guest ${person} ate ${dish}. What was it?`, answer: dish };
  },
  (_, { choose, integer }) => {
    const [one, other] = choose(OPPOSITES);
    return integer(2) === 0
      ? { question: `Not ${one}?`, answer: other }
      : { question: `Not ${other}?`, answer: one };
  },
  (_, { integer }) => {
    const number = 1 + integer(40);
    return { question: `After ${number}?`, answer: String(number + 1) };
  },
];

/** Writes lists of examples of one rule, as prompts with examples are. */
export function exampleDocuments(world: World, count: number): string[] {
  const random = seededRandom(`world/${world.seed}/examples`);
  return Array.from({ length: count }, () => {
    const rule = random.choose(RULES);
    const examples = Array.from({ length: FEWEST + random.integer(MOST - FEWEST + 1) }, () =>
      rule(world, random),
    );
    return examples.map(({ question, answer }) => `Q: ${question}\nA: ${answer}`).join('\n');
  });
}

/** Draws two entities of different kinds. */
function ofTwoKinds(entities: readonly Entity[], choose: Random['choose']): [Entity, Entity] {
  const one = choose(entities);
  return [one, choose(entities.filter(({ kind }) => kind !== one.kind))];
}
