import type { StudyRow } from '../../schema.ts';
import { holm, mean, standardDeviation, tInterval, tTest, valuesNeeded } from '../../stats/index.ts';
import type { MeasuredEffect } from './effects.ts';
import { HYPOTHESES } from './hypotheses.ts';
import { type Hypothesis, type Sensitivity, UNITS } from './hypothesis.ts';
import type { HypothesisEffect } from './places.ts';
import { type Direction, type EffectEstimate, falls, type Verdict, verdictOf } from './verdict.ts';

/** Result of testing a claim on a study's rows: plain values, so that it is a row of a table. */
export interface TestedHypothesis extends Omit<Hypothesis, 'effect' | 'sensitivity'> {
  /** The effect in words. */
  measures: string;
  verdict: Verdict;
  /** True if the effect is below 0 by as much as matters; of a claim that something does not rise. */
  falls: boolean;
  /** Mean effect over seeds; null where no seed determines it. */
  effect: number | null;
  /** Student's 95 % interval over seeds. */
  low: number | null;
  high: number | null;
  /** One-sided p, adjusted for the number of claims; 1 where nothing could be tested. */
  holm: number;
  /** Seeds with which the claim would be decided four times of five; of one that is undecided. */
  seedsNeeded?: number;
  /** Items behind the effect, of all seeds; where models differ in them, the fewest. */
  n: number;
  /** Number of seeds that determine the effect. */
  seeds: number;
  /** The positive control; null where the claim needs none. */
  control: TestedControl | null;
}

/** Result of a positive control: evidence that the study could have measured a rise. */
export interface TestedControl {
  /** The control in words. */
  measures: string;
  /** Mean effect over seeds, and its interval. */
  effect: number | null;
  low: number | null;
  high: number | null;
  rises: boolean;
  /** Mean of the value that is compared, and the most that it may be. */
  baseline: number | null;
  limit: number;
}

/** Effects by seed, and what follows from them. */
export interface OverSeeds {
  effects: HypothesisEffect[];
  values: number[];
  effect: number | null;
  low: number | null;
  high: number | null;
}

/**
 * Tests the paper's claims on a study: the effect of each seed apart, Student's 95 % interval of their mean, and the
 * verdict that follows from it. A seed is a whole repetition, world and all, so it takes two of them to decide
 * anything. Verdicts follow from the intervals; `holm` states what is left of each after the correction for the number
 * of claims. Whether the study is a valid instrument is another question: see {@link studyVerdicts}.
 *
 * @param hypotheses default all of {@link HYPOTHESES}, over which p is adjusted.
 * @example
 * const { rows } = await openStudy()
 * testHypotheses(rows)[0]?.verdict // 'supported'
 */
export function testHypotheses(
  rows: readonly StudyRow[],
  hypotheses: readonly Hypothesis[] = HYPOTHESES,
): TestedHypothesis[] {
  const seeds = bySeed(rows);
  const tested = hypotheses.map(hypothesis => testOne(seeds, hypothesis));
  const adjusted = holm(tested.map(({ p }) => p));
  return tested.map(({ p: _, result }, index) => ({ ...result, holm: adjusted[index] ?? 1 }));
}

/** Divides rows by seed, in ascending order. */
export function bySeed(rows: readonly StudyRow[]): StudyRow[][] {
  const seeds = [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);
  return seeds.map(seed => rows.filter(row => row.seed === seed));
}

/** Computes an effect of each seed, and its mean and interval. */
export function overSeeds(seeds: readonly (readonly StudyRow[])[], { of }: MeasuredEffect): OverSeeds {
  const effects = seeds.map(of).filter(found => found !== null);
  const values = effects.map(({ value }) => value);
  return { effects, values, effect: mean(values), ...tInterval(values) };
}

/** Tests whether an effect rises by the rule of claims. */
export function risesBy(margin: number, found: OverSeeds): boolean {
  const claimed = { direction: 'rises', margin, informative: true } as const;
  return verdictOf(estimateOf(found), claimed) === 'supported';
}

function testOne(
  seeds: readonly (readonly StudyRow[])[],
  { effect: measured, sensitivity, ...hypothesis }: Hypothesis,
) {
  const { direction, margin } = hypothesis;
  const found = overSeeds(seeds, measured);
  const { effects, values, effect, low, high } = found;
  const control = sensitivity === undefined ? null : testedControl(seeds, sensitivity, hypothesis);
  const informative = control === null || isInformative(control);
  const estimate = estimateOf(found);
  const verdict = verdictOf(estimate, { direction, margin, informative });
  const result: Omit<TestedHypothesis, 'holm'> = {
    ...hypothesis,
    measures: measured.text,
    verdict,
    falls: direction === 'does not rise' && estimate !== null && falls(estimate, margin),
    effect,
    low,
    high,
    ...(verdict === 'undecided' && estimate !== null && { seedsNeeded: seedsNeeded(values, hypothesis) }),
    n: effects.reduce((sum, { n }) => sum + n, 0),
    seeds: effects.length,
    control,
  };
  return { p: informative ? (pOf(values, hypothesis) ?? 1) : 1, result };
}

/** Returns the estimate by which a claim is judged; null where the seeds do not show their spread. */
function estimateOf({ values, effect, low, high }: OverSeeds): EffectEstimate | null {
  const hasSpread = tTest(values, { side: 'above' }) !== null;
  return hasSpread && effect !== null && low !== null && high !== null ? { mean: effect, low, high } : null;
}

function pOf(
  values: readonly number[],
  { direction, margin }: Pick<Hypothesis, 'direction' | 'margin'>,
): number | null {
  return tTest(values, TESTS[direction](margin));
}

/** The test of each direction. */
const TESTS: Readonly<Record<Direction, (margin: number) => Parameters<typeof tTest>[1]>> = {
  rises: () => ({ side: 'above' }),
  falls: () => ({ side: 'below' }),
  'does not rise': margin => ({ against: margin, side: 'below' }),
};

/** Counts the seeds for a power of 80 % at the observed spread, if the true effect is two margins, or none. */
function seedsNeeded(
  values: readonly number[],
  { direction, margin }: Pick<Hypothesis, 'direction' | 'margin'>,
): number {
  const distance = direction === 'does not rise' ? margin : 2 * margin;
  return valuesNeeded(distance, standardDeviation(values) ?? 0);
}

function testedControl(
  seeds: readonly (readonly StudyRow[])[],
  { control, baseline }: Sensitivity,
  { unit, margin }: Pick<Hypothesis, 'unit' | 'margin'>,
): TestedControl {
  const found = overSeeds(seeds, control);
  const { effect, low, high } = found;
  return {
    measures: control.text,
    effect,
    low,
    high,
    rises: risesBy(margin, found),
    baseline: overSeeds(seeds, baseline).effect,
    limit: UNITS[unit].maximum - 2 * margin,
  };
}

function isInformative({ rises, baseline, limit }: TestedControl): boolean {
  return rises && baseline !== null && baseline <= limit;
}
