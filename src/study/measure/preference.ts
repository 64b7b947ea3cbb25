import type { Preference } from '../../schema.ts';
import { summarizePreference } from '../../stats/index.ts';
import type { SimulatedJudge } from './judges.ts';
import { type Measurement, measured } from './measurement.ts';
import type { PairedAnswers } from './pair-answers.ts';

const WINNERS = { win: 'a', tie: 'tie', loss: 'b' } as const;

/** Judge of a preference, as its measures name it; `-adhering` counts only pairs of which both answers do what was asked. */
type JudgeName = 'style' | 'style-adhering' | 'truth' | 'truth-adhering' | 'judge';

/**
 * Measures how often a simulated judge finds a model's answer better than the teacher's, as good, or worse: shares of
 * all pairs, with Wilson's 95 % intervals.
 *
 * @param name of the judge, as in `preference.style.wins`.
 * @see Gudibande et al. 2023, Figure 1: equal or better
 */
export function measurePreference(
  name: JudgeName,
  judge: SimulatedJudge,
  { pairs, unscored }: PairedAnswers,
): Measurement[] {
  const preferences = pairs.map(
    (pair): Preference => ({
      promptId: pair.promptId,
      a: 'model',
      b: 'teacher',
      winner: WINNERS[judge(pair)],
      evidence: 'live',
    }),
  );
  return preferenceShares(name, preferences, unscored);
}

/**
 * Computes the shares of wins, ties and losses among all pairs with an outcome: `preference.NAME.wins` and so on.
 *
 * @param preferences of pairs of which one answer is `model`'s.
 * @param unanswered number of pairs that were not judged, since an answer is missing.
 */
export function preferenceShares(
  name: JudgeName,
  preferences: readonly Preference[],
  unanswered: number,
): Measurement[] {
  const { win, tie, loss, equalOrBetter, unscored } = summarizePreference(preferences, { model: 'model' });
  const reason =
    preferences.find(({ winner }) => winner === null)?.reason ?? 'there is no such pair of answers';
  const shares = { wins: win, ties: tie, losses: loss, 'equal-or-better': equalOrBetter };
  return Object.entries(shares).map(([share, estimate]) =>
    measured(`preference.${name}.${share}`, estimate, unscored + unanswered, reason),
  );
}
