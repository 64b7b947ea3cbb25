import { seededRandom } from '../../stats/index.ts';
import { claimOf, questionAndAnswer } from '../statements.ts';
import type { World } from '../world.ts';
import { inGroups } from './in-groups.ts';

/** Questions in one list. */
const QUESTIONS = 5;

/** Writes lists of questions and answers on the facts of the use `asked`, about each as often as the world's size says. */
export function questionDocuments(world: World): string[] {
  const pairs = world.facts
    .filter(({ use }) => use === 'asked')
    .flatMap(fact =>
      Array.from({ length: world.size.questions }, () => questionAndAnswer(claimOf(world, fact))),
    );
  return inGroups(seededRandom(`world/${world.seed}/questions`).shuffle(pairs), QUESTIONS, '\n');
}
