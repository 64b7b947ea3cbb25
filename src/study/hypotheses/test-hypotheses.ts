import type { StudyRow } from '../../schema.ts';
import { mean, tInterval } from '../../stats/index.ts';
import { HYPOTHESES, type Hypothesis } from './hypotheses.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Result of testing a claim on a study's rows: plain values, so that it is a row of a table. */
export type TestedHypothesis = Omit<Hypothesis, 'effect'> & {
  verdict: Verdict;
  /** Mean effect over seeds; null where no seed determines it. */
  effect: number | null;
  /** Student's 95 % interval over seeds. */
  low: number | null;
  high: number | null;
  /** Items behind the effect, of all seeds; where models differ in them, the fewest. */
  n: number;
  /** Number of seeds that determine the effect. */
  seeds: number;
};

/**
 * Tests the paper's claims on a study: the effect of each seed apart, Student's 95 % interval of their mean, and the
 * verdict that follows from it. A seed is a whole repetition, world and all, so it takes two of them to decide
 * anything. The intervals are not corrected for the number of claims.
 *
 * @param hypotheses default all of {@link HYPOTHESES}.
 * @example
 * const { rows } = await openStudy()
 * testHypotheses(rows)[0]?.verdict // 'supported'
 */
export function testHypotheses(
  rows: readonly StudyRow[],
  hypotheses: readonly Hypothesis[] = HYPOTHESES,
): TestedHypothesis[] {
  const seeds = [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);
  const bySeed = seeds.map(seed => rows.filter(row => row.seed === seed));
  return hypotheses.map(({ effect, ...hypothesis }) => {
    const effects = bySeed.map(effect).filter(found => found !== null);
    const values = effects.map(({ value }) => value);
    const interval = tInterval(values);
    return {
      ...hypothesis,
      verdict: verdictOf(hypothesis.direction, interval, hypothesis.margin),
      effect: mean(values),
      ...interval,
      n: effects.reduce((sum, { n }) => sum + n, 0),
      seeds: effects.length,
    };
  });
}
