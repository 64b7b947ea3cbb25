import type { Review } from '../../readers/index.ts';
import type { Generation, Rating } from '../../schema.ts';

/** One verdict on two answers to one prompt, in the order in which they were shown. */
export interface Battle {
  promptId: string;
  first: BattleSide;
  second: BattleSide;
  /** 1 if the first answer is preferred, 0 if the second is, ½ for a tie. */
  outcome: number;
}

/** An answer and its model. */
export interface BattleSide {
  model: string;
  text: string;
}

/** Verdicts with the texts of their answers, and those that have none. */
export interface Battles {
  battles: Battle[];
  /** Verdicts that are left out: without scores that can be read. */
  unread: number;
  /** Verdicts that are left out: the text of an answer is missing. */
  withoutText: number;
  /** Ratings that call both answers unusable, which count as ties. */
  bad: number;
}

/** A verdict that names its answers by their models. */
interface Verdict {
  promptId: string;
  first: string;
  second: string;
  outcome: number | null;
  bad?: boolean;
}

/**
 * Joins a judge's reviews with the texts of the answers that they name by model.
 *
 * @param answers of all models; of several by one model to a prompt the first counts.
 * @example
 * // Given reviews, generations.
 * reviewBattles(reviews, generations).battles.length // 2
 */
export function reviewBattles(reviews: readonly Review[], answers: readonly Generation[]): Battles {
  return battlesOf(
    reviews.map(({ promptId, first, second, scores }) => ({
      promptId,
      first,
      second,
      outcome: scores === null ? null : (1 + Math.sign(scores[0] - scores[1])) / 2,
    })),
    answers,
  );
}

/**
 * Joins the ratings of people with the texts of the answers; the left answer is the first.
 *
 * @example
 * // Given ratings, generations.
 * ratingBattles(ratings, generations).bad // 0
 */
export function ratingBattles(ratings: readonly Rating[], answers: readonly Generation[]): Battles {
  return battlesOf(
    ratings.map(({ promptId, left, right, choice }) => ({
      promptId,
      first: left,
      second: right,
      outcome: choice === 'left' ? 1 : choice === 'right' ? 0 : 0.5,
      bad: choice === 'bad',
    })),
    answers,
  );
}

function battlesOf(verdicts: readonly Verdict[], answers: readonly Generation[]): Battles {
  const texts = new Map<string, string>();
  for (const { promptId, model, text } of answers) {
    const key = JSON.stringify([promptId, model]);
    if (text !== null && !texts.has(key)) texts.set(key, text);
  }
  const found: Battles = { battles: [], unread: 0, withoutText: 0, bad: 0 };
  for (const { promptId, first, second, outcome, bad } of verdicts) {
    const sides = [first, second].map(model => texts.get(JSON.stringify([promptId, model])));
    const [ofFirst, ofSecond] = sides;
    if (outcome === null) found.unread++;
    else if (ofFirst === undefined || ofSecond === undefined) found.withoutText++;
    else {
      if (bad) found.bad++;
      found.battles.push({
        promptId,
        first: { model: first, text: ofFirst },
        second: { model: second, text: ofSecond },
        outcome,
      });
    }
  }
  return found;
}
