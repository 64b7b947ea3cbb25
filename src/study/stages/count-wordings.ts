import { forumThreads, type Instruction, sharedWordings, type World, wordingOf } from '../../world/index.ts';
import type { WordingCounts } from '../pipeline/leakage.ts';

/** Counts the wordings of the requests in a world's forum, in imitation data and in tests, and those that are shared. */
export function countWordings(
  world: World,
  { train, test }: Readonly<Record<'train' | 'test', readonly Instruction[]>>,
): WordingCounts {
  const forum = forumThreads(world, world.size.documents.forum);
  const count = (requests: readonly Pick<Instruction, 'text' | 'slots'>[]) =>
    new Set(requests.map(wordingOf)).size;
  return {
    corpus: count(forum),
    imitation: count(train),
    tests: count(test),
    shared: new Set(sharedWordings({ forum, train, test }).map(({ wording }) => wording)).size,
  };
}
