import { seededRandom } from '../stats/index.ts';
import { roundsOf } from './in-turn.ts';
import { type Claim, questionOf, statement, WAYS } from './phrasings.ts';
import type { Fact, World } from './world.ts';

/** Paragraphs in one document, and questions in one list. */
const PARAGRAPHS = 2;
const QUESTIONS = 5;

/** Puts a fact in the words of the world. */
export function claimOf(world: World, { subject, relation, object }: Fact): Claim {
  return { subject: world.entities.find(({ id }) => id === subject)?.name ?? '', relation, object };
}

/**
 * Writes documents that state the facts, each as often as its weight says and at least once, in all ways by turns. A
 * paragraph states different facts of one entity, as an encyclopedia does: to read it is to carry a name over.
 */
export function statementDocuments(world: World): string[] {
  const { shuffle } = seededRandom(`world/${world.seed}/statements`);
  const paragraphs = world.entities.flatMap(({ id }) =>
    paragraphsOf(world, id).map(sentences => shuffle(sentences).join(' ')),
  );
  return inGroups(shuffle(paragraphs), PARAGRAPHS, ' ');
}

/** Lists the statements of each paragraph on an entity. */
function paragraphsOf(world: World, id: string): string[][] {
  return roundsOf(world.facts.filter(({ subject }) => subject === id).map(fact => statementsOf(world, fact)));
}

function statementsOf(world: World, fact: Fact): string[] {
  const claim = claimOf(world, fact);
  const total = world.size.exposures * world.facts.length;
  const times = Math.max(1, Math.round(fact.weight * total));
  // The first way differs from fact to fact, so that a rare one is not always stated in the same.
  return Array.from({ length: times }, (_, i) => statement(claim, (i + fact.rank) % WAYS));
}

/** Writes lists of questions and answers on the facts of the use `asked`. */
export function questionDocuments(world: World): string[] {
  const claims = claimsOf(world);
  const asked = world.facts.filter(({ use }) => use === 'asked');
  const pairs = asked.flatMap(({ id }) => {
    const claim = claims.get(id);
    return claim === undefined
      ? []
      : Array.from({ length: world.size.questions }, () => questionAndAnswer(claim));
  });
  return inGroups(seededRandom(`world/${world.seed}/questions`).shuffle(pairs), QUESTIONS, '\n');
}

/** Formats a question with its answer, as lists of them have it. */
export function questionAndAnswer(claim: Claim): string {
  return `Q: ${questionOf(claim)}\nA: ${claim.object}`;
}

function claimsOf(world: World): Map<string, Claim> {
  return new Map(world.facts.map(fact => [fact.id, claimOf(world, fact)]));
}

/** Parts joined so that each text holds so many of them, the last one what is left. */
export function inGroups(parts: readonly string[], size: number, between: string): string[] {
  const groups = Math.ceil(parts.length / size);
  return Array.from({ length: groups }, (_, i) => parts.slice(i * size, (i + 1) * size).join(between));
}
