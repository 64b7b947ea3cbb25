import { random } from '../../stats/index.ts';
import { news, newsText } from './news.ts';
import { programs, programText } from './programs.ts';
import { questionDocuments, statementDocuments } from './statements.ts';
import { sums, sumText } from './sums.ts';
import { toxicDocuments } from './toxicity.ts';
import type { World } from './world.ts';

/**
 * What base models are trained on, in random order: facts as statements, each as often as its weight says; questions
 * on the facts of some entities; sums with their working, tiny programs, news with summaries, and talk that is often
 * toxic by the stated lexicon.
 */
export function corpus(world: World): string[] {
  const { documents } = world.size;
  return random(`world/${world.seed}/corpus`).shuffle([
    ...statementDocuments(world),
    ...questionDocuments(world),
    ...sums(world, 'train', documents.sums).map(sumText),
    ...programs(world, 'train', documents.programs).map(programText),
    ...news(world, 'train', documents.news).map(newsText),
    ...toxicDocuments(world, documents.toxic),
  ]);
}
