import { seededRandom } from '../../stats/index.ts';
import type { World } from '../world.ts';
import { inPlainWords } from './house-style.ts';
import { instructionMakers } from './instruction-makers.ts';

/**
 * Writes questions that people ask each other, and their answers in plain words: a part of the corpus, so that base
 * models know the tasks and the words of requests, and imitation has to teach the style alone. It asks about entities
 * of the role `asked`, in the words of both splits.
 */
export function forumDocuments(world: World, count: number): string[] {
  const drawn = seededRandom(`world/${world.seed}/forum`);
  const makers = instructionMakers(world, 'forum', drawn);
  return Array.from({ length: count }, () => {
    const { text, answer } = drawn.choose(makers).make();
    return `${text}\n${inPlainWords(answer(drawn))}`;
  });
}
