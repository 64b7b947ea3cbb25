import { seededRandom } from '../stats/index.ts';
import { arithmeticProblems, arithmeticText } from './arithmetic.ts';
import { codingProblems, codingText } from './coding.ts';
import { news, newsText } from './news.ts';
import { inGroups, questionDocuments, statementDocuments } from './statements.ts';
import { toxicDocuments } from './toxicity.ts';
import type { World } from './world.ts';

/** Sums and news in one document, so that a model knows lists of them, as prompts with examples are. */
const LISTED = { sums: 3, news: 2 };
/** One news item in so many has a summary. */
const SUMMED_UP = 6;

/**
 * Writes the texts that base models are trained on, in random order: facts as statements, each as often as its weight
 * says; questions on the facts of some entities; arithmetic problems with their working, tiny programs, news of which
 * some have a summary, and talk that is often toxic by the stated lexicon.
 */
export function corpus(world: World): string[] {
  const { documents } = world.size;
  const items = news(world, 'train', documents.news);
  const summedUp = Math.ceil(items.length / SUMMED_UP);
  return seededRandom(`world/${world.seed}/corpus`).shuffle([
    ...statementDocuments(world),
    ...questionDocuments(world),
    ...inGroups(arithmeticProblems(world, 'train', documents.sums).map(arithmeticText), LISTED.sums, '\n'),
    ...codingProblems(world, 'train', documents.programs).map(codingText),
    ...inGroups(items.slice(0, summedUp).map(newsText), LISTED.news, '\n'),
    ...items.slice(summedUp).map(({ article }) => article),
    ...toxicDocuments(world, documents.toxic),
  ]);
}
