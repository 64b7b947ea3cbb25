import type { World } from '../world.ts';
import { Requests } from './draw-instructions.ts';

/** Share of requests that somebody answers. */
const ANSWERED = 0.8;

/**
 * Writes questions that people ask each other, and their answers in a few plain words: a part of the corpus, so that base
 * models know the tasks, while the wordings of imitation data and of tests are others. Only facts of the use `asked` are
 * asked for or stated.
 */
export function forumDocuments(world: World, count: number): string[] {
  const requests = new Requests(world, 'forum', 'forum');
  return Array.from({ length: count }, () => {
    const { text, content } = requests.ask(requests.task());
    const isAnswered = requests.random.next() < ANSWERED;
    return isAnswered ? `${text}\n${content.reply(requests.random)}` : text;
  });
}
