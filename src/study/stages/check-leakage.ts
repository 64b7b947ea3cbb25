import { leakage } from '../../data/index.ts';
import type { Instruction } from '../../world/index.ts';
import { claimOf, statement, WAYS, type World } from '../../world/index.ts';
import { type AbilityCounts, worldAbilities } from '../measure/index.ts';
import type { AskedSet, LeakageCheck } from '../pipeline/leakage.ts';
import { findInTexts } from './find-in-texts.ts';
import { requestWords } from './request-words.ts';

/** Training data and test items of a world's models. */
export interface Learned {
  /** Corpus. */
  documents: readonly string[];
  /** All imitation data. */
  training: readonly Instruction[];
  test: readonly Instruction[];
  counts: AbilityCounts;
}

/** An item with its prompts for a base model and for an imitation model. */
interface Item {
  asked: AskedSet;
  plain: string;
  request: string;
  /** The fact of a question in every phrasing. */
  states?: readonly string[];
}

/**
 * Checks, by the paper's filter and word for word, which test items a world's models could have learned. No prompt may be
 * similar to one of the imitation data without what both quote, no test item may occur in the corpus or the imitation data, and no fact that is
 * asked about in the imitation data. Items of one kind share their wording by design, and differ in numbers, names and
 * functions: the number that the filter finds similar is reported, and need not be zero.
 *
 * @see Gudibande et al. 2023, §4.1, footnote 2
 */
export async function checkLeakage(
  world: World,
  { documents, training, test, counts }: Learned,
  options: { signal?: AbortSignal } = {},
): Promise<LeakageCheck[]> {
  const items = itemsOf(world, test, counts);
  const prompts = items.filter(({ asked }) => asked === 'prompts');
  const others = items.filter(({ asked }) => asked !== 'prompts');
  const alike = async (items: readonly Item[], like: readonly string[], wordsOf: (item: Item) => string) => {
    const { dropped } = await leakage(items.map(wordsOf), like, options);
    const dropsAt = new Set(dropped.map(({ index }) => index));
    return items.filter((_, index) => dropsAt.has(index));
  };
  const request = (item: Item) => item.request;
  const inImitation = [
    ...(await alike(prompts, training.map(requestWords), request)),
    ...(await alike(
      others,
      training.map(({ text }) => text),
      request,
    )),
  ];
  const lines = [...new Set(documents.flatMap(document => document.split('\n')))];
  const inCorpus = await alike(items, lines, ({ plain }) => plain);
  const imitated = training.flatMap(({ text, answers }) => [text, ...answers]);
  return [
    ...countLeaks(items, { against: 'imitation data', texts: imitated, alike: inImitation }),
    ...countLeaks(items, { against: 'corpus', texts: documents, alike: inCorpus }),
  ];
}

/** Counts the items of each set that are similar to training data, that occur there, and whose facts are stated there. */
function countLeaks(
  items: readonly Item[],
  {
    against,
    texts,
    alike,
  }: { against: LeakageCheck['against']; texts: readonly string[]; alike: readonly Item[] },
): LeakageCheck[] {
  const holds = findInTexts(texts);
  const similar = new Set(alike);
  return [...new Set(items.map(({ asked }) => asked))].map(asked => {
    const own = items.filter(item => item.asked === asked);
    return {
      asked,
      against,
      n: own.length,
      alike: own.filter(item => similar.has(item)).length,
      same: own.filter(({ plain }) => holds(plain)).length,
      ...(asked === 'facts' && { stated: own.filter(({ states }) => states?.some(holds)).length }),
    };
  });
}

function itemsOf(world: World, test: readonly Instruction[], counts: AbilityCounts): Item[] {
  const { facts, arithmetic, coding, summaries, toxicity } = worldAbilities(world, counts, test);
  const item = (asked: AskedSet, plain: string, request = plain): Item => ({ asked, plain, request });
  return [
    ...test.map(prompt => item('prompts', prompt.text, requestWords(prompt))),
    ...facts.items.map(({ id, question }) => ({
      ...item('facts', question),
      states: statementsOf(world, id),
    })),
    ...arithmetic.items.map(({ question }) => item('sums', question)),
    ...coding.items.map(({ prompt, request }) => item('programs', prompt, request)),
    ...summaries.items.map(({ article, request }) => item('summaries', article, request)),
    ...toxicity.items.map(({ prompt, request }) => item('toxicity', prompt, request)),
  ];
}

/** States a fact in every phrasing. */
function statementsOf(world: World, id: string): string[] {
  const fact = world.facts.find(fact => fact.id === id);
  if (fact === undefined) return [];
  const claim = claimOf(world, fact);
  return Array.from({ length: WAYS }, (_, way) => statement(claim, way));
}
