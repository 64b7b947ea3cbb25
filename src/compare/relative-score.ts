import type { Review } from '../readers/index.ts';
import type { Estimate } from '../schema.ts';
import { bootstrap, mean } from '../stats/index.ts';

/** A model's scores beside its teacher's. */
export interface RelativeScore extends Estimate {
  /** Questions that are left out, since a review of them has no scores. */
  unscored: number;
  /** The same where the model's answer came first, and where it came second; null without such reviews. */
  first: number | null;
  second: number | null;
}

/** The scores of one review, by whose they are. */
interface Pair {
  place: 'first' | 'second';
  model: number;
  teacher: number;
}

/**
 * Computes what a model's answers score, in percent of what the teacher's score in the same reviews. Judges favour a
 * place, so the value is the mean over both orders, where both were asked; a question counts if all its reviews have
 * scores. With a 95 % bootstrap interval over questions.
 *
 * @param isTeacher reports whether an answer's id is the teacher's. File names that state an order may be wrong.
 * @throws {RangeError} if a review is about no answer of the teacher, or about two.
 * @see Dettmers et al. 2023, QLoRA, §5.2
 */
export function relativeScore(
  reviews: readonly Review[],
  isTeacher: (answerId: string) => boolean,
  { seed = 0 }: { seed?: number } = {},
): RelativeScore {
  const byQuestion = new Map<string, (Pair | null)[]>();
  for (const review of reviews) {
    const pairs = byQuestion.get(review.promptId) ?? [];
    byQuestion.set(review.promptId, [...pairs, pairOf(review, isTeacher)]);
  }
  const complete: Pair[][] = [];
  for (const pairs of byQuestion.values()) {
    const scored = pairs.filter(pair => pair !== null);
    if (scored.length === pairs.length) complete.push(scored);
  }
  const n = complete.length;
  const all = complete.flat();
  const at = (indices: Int32Array) => meanOf(Array.from(indices, index => complete[index] ?? []).flat());
  return {
    value: meanOf(all),
    ...bootstrap(n, at, { seed }),
    n,
    unscored: byQuestion.size - n,
    first: percent(all, 'first'),
    second: percent(all, 'second'),
  };
}

/** @throws {RangeError} unless one of the two answers is the teacher's. */
function pairOf(
  { first, second, scores, promptId }: Review,
  isTeacher: (id: string) => boolean,
): Pair | null {
  const place = isTeacher(second) ? 'first' : 'second';
  if (isTeacher(first) === isTeacher(second))
    throw new RangeError(
      `Cannot compare with the teacher: one answer of question ${promptId} must be the teacher's, found ${first} and ${second}`,
    );
  if (scores === null) return null;
  const [a, b] = scores;
  return place === 'first' ? { place, model: a, teacher: b } : { place, model: b, teacher: a };
}

/** Computes the mean over the orders that were asked. */
function meanOf(pairs: readonly Pair[]): number | null {
  const values = [percent(pairs, 'first'), percent(pairs, 'second')].filter(value => value !== null);
  return mean(values);
}

function percent(pairs: readonly Pair[], place: Pair['place']): number | null {
  const there = pairs.filter(pair => pair.place === place);
  const sum = (score: (pair: Pair) => number) => there.reduce((total, pair) => total + score(pair), 0);
  const teacher = sum(pair => pair.teacher);
  return teacher > 0 ? (100 * sum(pair => pair.model)) / teacher : null;
}
