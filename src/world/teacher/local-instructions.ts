import { seededRandom } from '../../stats/index.ts';
import { news } from '../news.ts';
import { questionOf } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import type { World } from '../world.ts';
import type { Instruction } from './instruction.ts';
import { summaryRequest } from './task-requests.ts';

/**
 * Makes questions with answers of a word or two, like NQ-synthetic: in training on the facts of entities of imitation
 * data, in tests on those that only statements mention.
 *
 * @throws {RangeError} if the world has not so many facts of that kind.
 */
export function factInstructions(world: World, split: 'train' | 'test', count: number): Instruction[] {
  const use = split === 'train' ? 'imitated' : 'held';
  const facts = seededRandom(`world/${world.seed}/facts/${split}`).shuffle(
    world.facts.filter(fact => fact.use === use),
  );
  if (facts.length < count)
    throw new RangeError(`Cannot ask about ${count} facts: the world has ${facts.length} of that kind`);
  return facts.slice(0, count).map((fact, index) => ({
    id: `facts-${split}-${index + 1}`,
    task: 'fact',
    template: 'fact/train/1',
    slots: { question: questionOf(claimOf(world, fact)) },
    text: questionOf(claimOf(world, fact)),
    category: 'General QA',
    source: 'world',
    facts: [fact.id],
    reference: fact.object,
    answers: [fact.object, fact.object],
  }));
}

/** News with summaries of one sentence, like TLDR-synthetic; those of the two splits share no item. */
export function summaryInstructions(world: World, split: 'train' | 'test', count: number): Instruction[] {
  return news(world, split === 'train' ? 'imitation' : 'test', count).map(
    ({ article, highlights }, index) => ({
      id: `summaries-${split}-${index + 1}`,
      task: 'summary',
      template: `summary/${split}`,
      slots: { article },
      text: summaryRequest({ article }, { split, number: index }),
      reference: highlights,
      category: 'Summarization',
      source: 'world',
      facts: [],
      answers: [highlights, highlights],
    }),
  );
}
