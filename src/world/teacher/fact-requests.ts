import { nounOf, questionOf, statement, WAYS } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import type { Asked, Material } from './material.ts';

/** Asks for a description of an entity: some of its facts. */
export function describe(material: Material): Asked {
  const { choose, integer, shuffle } = material.random;
  const entity = choose(material.entities);
  const facts = shuffle(material.factsOf(entity)).slice(0, 2 + integer(3));
  const { kind, name } = entity;
  return {
    ...material.request('describe', { kind, name }),
    facts,
    answer: words => ({
      overview: words.choose([
        `Here is what one should know about ${name}.`,
        `${name} is a ${kind} that is worth a closer look.`,
      ]),
      list: facts.map(fact => material.said(fact, words)),
      summary: words.choose([`${name} is a remarkable ${kind}.`, `there is much to say about ${name}.`]),
    }),
  };
}

/** Asks for the object of one fact. */
export function question(material: Material): Asked {
  const fact = material.fact();
  const claim = claimOf(material.world, fact);
  return {
    ...material.request('fact', {
      question: questionOf(claim),
      noun: nounOf(claim.relation),
      name: claim.subject,
    }),
    facts: [fact],
    answer: words => ({
      body: [material.said(fact, words)],
      closing: words.choose([
        'I hope that this answers the question.',
        'Let me know if there is more that you want to know.',
      ]),
    }),
  };
}

/** Asks to state one fact in another way. */
export function rewrite(material: Material): Asked {
  const fact = material.fact();
  const way = material.random.integer(WAYS);
  const claim = claimOf(material.world, fact);
  return {
    ...material.request('rewrite', { statement: statement(claim, way) }),
    facts: [fact],
    answer: words => ({ body: [statement(claim, (way + 1 + words.integer(WAYS - 1)) % WAYS)] }),
  };
}
