import type { World } from '../world.ts';
import { Requests } from './draw-instructions.ts';
import type { Instruction } from './instruction.ts';

/** Share of requests that somebody answers. */
const ANSWERED = 0.8;

/** A request on a forum. */
export interface Thread extends Pick<Instruction, 'task' | 'template' | 'slots' | 'text'> {
  /** Answer of another person, in a few plain words on one line; absent where nobody answers. */
  reply?: string;
}

/**
 * Draws questions that people ask each other. Only facts of the use `asked` are asked for or stated, in wordings that
 * neither imitation data nor tests use.
 */
export function forumThreads(world: World, count: number): Thread[] {
  const requests = new Requests(world, 'forum', 'forum');
  return Array.from({ length: count }, () => {
    const { task, content, ...request } = requests.ask(requests.task());
    const isAnswered = requests.random.next() < ANSWERED;
    return { task: task.task, ...request, ...(isAnswered && { reply: content.reply(requests.random) }) };
  });
}

/**
 * Writes a forum's threads: a part of the corpus, so that base models know the tasks, while imitation has to teach the
 * style.
 */
export function forumDocuments(world: World, count: number): string[] {
  return forumThreads(world, count).map(({ text, reply }) =>
    reply === undefined ? text : `${text}\n${reply}`,
  );
}
