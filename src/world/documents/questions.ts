import { seededRandom } from '../../stats/index.ts';
import { type Claim, nounQuestionOf, questionOf } from '../phrasings.ts';
import { claimOf, questionAndAnswer } from '../statements.ts';
import type { World } from '../world.ts';
import { inGroups } from './in-groups.ts';

/** Questions in one list. */
const QUESTIONS = 5;
/** Ways to ask for a fact; a list has one. */
const WAYS: readonly ((claim: Claim) => string)[] = [questionOf, nounQuestionOf];

/**
 * Writes lists of questions and answers on the facts of the use `asked`, about each in every way as often as the world's
 * size says.
 */
export function questionDocuments(world: World): string[] {
  const { shuffle } = seededRandom(`world/${world.seed}/questions`);
  const claims = world.facts.filter(({ use }) => use === 'asked').map(fact => claimOf(world, fact));
  return WAYS.flatMap(ask => {
    const pairs = claims.flatMap(claim =>
      Array.from({ length: world.size.questions }, () => questionAndAnswer(claim, ask)),
    );
    return inGroups(shuffle(pairs), QUESTIONS, '\n');
  });
}
