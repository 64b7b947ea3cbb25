import type { Preference } from '../../schema.ts';
import { summarizePreference } from '../../stats/index.ts';
import type { SimulatedJudge } from './judges.ts';
import { type Measurement, measured } from './measurement.ts';
import type { PairedAnswers } from './pair-answers.ts';

const WINNERS = { win: 'a', tie: 'tie', loss: 'b' } as const;

/**
 * How often a simulated judge finds a model's answer better than the teacher's, as good, or worse: shares of all
 * pairs, with Wilson's 95 % intervals.
 *
 * @param name of the judge, as in `preference.style.wins`.
 * @see Gudibande et al. 2023, Figure 1: equal or better
 */
export function measurePreference(
  name: 'style' | 'truth',
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
  const { win, tie, loss, equalOrBetter } = summarizePreference(preferences, { model: 'model' });
  const shares = { wins: win, ties: tie, losses: loss, 'equal-or-better': equalOrBetter };
  return Object.entries(shares).map(([share, estimate]) =>
    measured(`preference.${name}.${share}`, estimate, unscored, 'no prompt was answered by both'),
  );
}
