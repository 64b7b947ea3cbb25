import type { Evidence, Preference, Rating } from '../schema.ts';
import { latestRatings, pairKey } from './latest-ratings.ts';

/** Choices of a rater between two answers, by their ids rather than their sides. */
export const CHOICES = ['a', 'b', 'tie', 'bad'] as const;
export type Choice = (typeof CHOICES)[number];

/** Options of {@link majorityVotes}. */
export interface VoteOptions {
  /** Outcome where no choice has more than half of the votes; default `tie`, as where three raters all differ. */
  disagreement?: 'tie' | 'unscored' | undefined;
  /** Outcome of a majority for "both are unusable"; default `unscored`. The paper's raters had no such choice. */
  bad?: 'tie' | 'unscored' | undefined;
  /** Default `live`. */
  evidence?: Evidence | undefined;
}

/** The majority of raters on one pair of answers, and how many chose what. */
export interface Vote extends Preference {
  choices: Record<Choice, number>;
}

/**
 * Takes the majority vote on each pair of answers. Of an annotator's votes on a pair the latest counts, and the order
 * in which the two were displayed does not: `a` is the answer whose id sorts first.
 *
 * @see Gudibande et al. 2023, Appendix B
 * @example
 * // Given ratings.
 * majorityVotes(ratings).filter(vote => vote.winner === 'tie').length // 1
 */
export function majorityVotes(ratings: readonly Rating[], options: VoteOptions = {}): Vote[] {
  const pairs = new Map<string, Vote>();
  for (const rating of latestRatings(ratings)) {
    const { promptId } = rating;
    const [a = '', b = ''] = [rating.left, rating.right].sort();
    const key = pairKey(promptId, a, b);
    const vote = pairs.get(key) ?? {
      promptId,
      a,
      b,
      winner: null,
      evidence: options.evidence ?? 'live',
      choices: { a: 0, b: 0, tie: 0, bad: 0 },
    };
    vote.choices[choiceOf(rating, a)]++;
    pairs.set(key, vote);
  }
  return [...pairs.values()].map(vote => ({ ...vote, ...outcome(vote.choices, options) }));
}

/** Names the choice by the answer's id instead of its side. */
function choiceOf({ choice, left, right }: Rating, a: string): Choice {
  if (choice === 'tie' || choice === 'bad') return choice;
  return (choice === 'left' ? left : right) === a ? 'a' : 'b';
}

/** Returns the choice that more than half of the raters made; undefined where none has so many. */
export function majorityOf(choices: Readonly<Record<Choice, number>>): Choice | undefined {
  const all = choices.a + choices.b + choices.tie + choices.bad;
  return CHOICES.find(choice => choices[choice] > all / 2);
}

function outcome(
  choices: Readonly<Record<Choice, number>>,
  { disagreement = 'tie', bad = 'unscored' }: VoteOptions,
): Pick<Preference, 'winner' | 'disagreement' | 'reason'> {
  const majority = majorityOf(choices);
  if (majority !== undefined && majority !== 'bad') return { winner: majority };
  if (majority === undefined && disagreement === 'tie') return { winner: 'tie', disagreement: true };
  if (majority === 'bad' && bad === 'tie') return { winner: 'tie' };
  return {
    winner: null,
    reason: majority === 'bad' ? 'both answers are unusable' : 'no choice has a majority',
  };
}
