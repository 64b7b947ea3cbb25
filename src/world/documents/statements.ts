import { seededRandom } from '../../stats/index.ts';
import { roundsOf } from '../in-turn.ts';
import { statement, WAYS } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import type { Fact, World } from '../world.ts';
import { inGroups } from './in-groups.ts';

/** Paragraphs in one document. */
const PARAGRAPHS = 2;

/**
 * Writes documents that state the facts, each as often as its weight says and at least once, in all ways by turns. A
 * paragraph states different facts of one entity, as an encyclopedia does: to read it is to carry a name over.
 */
export function statementDocuments(world: World): string[] {
  const { shuffle } = seededRandom(`world/${world.seed}/statements`);
  const paragraphs = world.entities.flatMap(({ id }) => {
    const facts = world.facts.filter(({ subject }) => subject === id);
    return roundsOf(facts.map(fact => statementsOf(world, fact))).map(sentences =>
      shuffle(sentences).join(' '),
    );
  });
  return inGroups(shuffle(paragraphs), PARAGRAPHS, ' ');
}

function statementsOf(world: World, fact: Fact): string[] {
  const claim = claimOf(world, fact);
  const total = world.size.exposures * world.facts.length;
  const times = Math.max(1, Math.round(fact.weight * total));
  // The first way differs from fact to fact, so that a rare one is not always stated in the same.
  return Array.from({ length: times }, (_, i) => statement(claim, (i + fact.rank) % WAYS));
}
