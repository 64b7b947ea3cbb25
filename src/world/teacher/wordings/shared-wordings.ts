import type { Instruction, Split } from '../instruction.ts';
import { wordingOf } from './wordings.ts';

/** A request with its values. */
export type WordedRequest = Pick<Instruction, 'text' | 'slots'>;

/** A wording that two sets of requests have in common. */
export interface SharedWording {
  /** The set that has it by itself. */
  split: Split;
  /** The set that has it too, perhaps among other words. */
  within: Split;
  /** Values by their names, in capitals; the rest in lower case. */
  wording: string;
}

/**
 * Finds wordings that should not be shared: those of tests in a request of the forum or of imitation data, also among
 * other words, and those of imitation data that the forum has just so. Values, case and punctuation do not count.
 */
export function sharedWordings(requests: Readonly<Record<Split, readonly WordedRequest[]>>): SharedWording[] {
  const { forum, train, test } = {
    forum: new Set(requests.forum.map(wordingOf)),
    train: new Set(requests.train.map(wordingOf)),
    test: new Set(requests.test.map(wordingOf)),
  };
  const asked = [...test].map(wording => ({ wording, within: ` ${wording} ` }));
  const inside = (split: Split, others: ReadonlySet<string>): SharedWording[] => {
    const all = [...others].map(other => ` ${other} `).join('\n');
    return asked.flatMap(({ wording, within }) =>
      all.includes(within) ? [{ split: 'test' as const, within: split, wording }] : [],
    );
  };
  return [
    ...inside('forum', forum),
    ...inside('train', train),
    ...[...train].flatMap(wording =>
      forum.has(wording) ? [{ split: 'train' as const, within: 'forum' as const, wording }] : [],
    ),
  ];
}
