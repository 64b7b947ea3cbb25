import { seededRandom } from '../stats/index.ts';
import { arithmeticProblems, arithmeticText } from './arithmetic.ts';
import { codingProblems, codingText } from './coding.ts';
import {
  copyingDocuments,
  exampleDocuments,
  handbookDocuments,
  inGroups,
  plainWordDocuments,
  questionDocuments,
  statementDocuments,
} from './documents/index.ts';
import { news, newsText } from './news.ts';
import { forumDocuments } from './teacher/index.ts';
import { toxicDocuments } from './toxicity.ts';
import type { World } from './world.ts';

/** Sums and news in one document, so that a model knows lists of them, as prompts with examples are. */
const LISTED = { sums: 3, news: 3 };
/** One news item in so many has a summary. */
const SUMMED_UP = 2;

/** Documents of one kind. */
interface Documents {
  kind: string;
  documents: string[];
}

/**
 * Writes the documents of each kind: facts as statements, each as often as its weight says, and some as questions; threads
 * of a forum; arithmetic problems with their working, tiny programs, news of which some have a summary, lists of examples
 * and pages of handbooks; documents that copy names; talk that is often toxic by the stated lexicon; and the rare words of
 * what models read later.
 *
 * @param texts what models read later: requests and answers of imitation data and of tests.
 */
export function corpusByKind(world: World, texts: readonly string[] = []): Documents[] {
  const { documents: counts } = world.size;
  const items = news(world, 'train', counts.news);
  const summedUp = Math.ceil(items.length / SUMMED_UP);
  const sums = arithmeticProblems(world, 'train', counts.sums).map(arithmeticText);
  const kinds = [
    { kind: 'statements', documents: statementDocuments(world) },
    { kind: 'questions', documents: questionDocuments(world) },
    { kind: 'forum', documents: forumDocuments(world, counts.forum) },
    { kind: 'copying', documents: copyingDocuments(world, counts.copying) },
    { kind: 'sums', documents: inGroups(sums, LISTED.sums, '\n') },
    { kind: 'examples', documents: exampleDocuments(world, counts.examples) },
    { kind: 'programs', documents: codingProblems(world, 'train', counts.programs).map(codingText) },
    { kind: 'summaries', documents: inGroups(items.slice(0, summedUp).map(newsText), LISTED.news, '\n') },
    { kind: 'news', documents: items.slice(summedUp).map(({ article }) => article) },
    { kind: 'handbooks', documents: handbookDocuments(world, counts.handbooks) },
    { kind: 'toxic', documents: toxicDocuments(world, counts.toxic) },
  ];
  const written = kinds.flatMap(({ documents }) => documents);
  return [...kinds, { kind: 'plain words', documents: plainWordDocuments(world, written, texts) }];
}

/** Lists the documents of {@link corpusByKind} in random order: the texts that base models are trained on. */
export function corpus(world: World, texts: readonly string[] = []): string[] {
  const documents = corpusByKind(world, texts).flatMap(({ documents }) => documents);
  return seededRandom(`world/${world.seed}/corpus`).shuffle(documents);
}
