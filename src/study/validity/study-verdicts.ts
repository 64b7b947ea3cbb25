import { type TestedHypothesis, testHypotheses, type Verdict } from '../hypotheses/index.ts';
import type { CheckedStudy } from './check.ts';
import type { CheckResult } from './check-result.ts';
import { checkValidity } from './checks.ts';

/** Words in place of every verdict of a study that fails a check of its instrument. */
export const INVALID = 'invalid instrument';

/** A verdict, or that there is none. */
export type ShownVerdict = Verdict | typeof INVALID;

/** A claim as a study judges it. */
export interface JudgedClaim extends Omit<TestedHypothesis, 'verdict'> {
  verdict: ShownVerdict;
}

/** Validity of a study's instrument, and its verdicts. */
export interface StudyVerdicts {
  /** True if every check passed. */
  valid: boolean;
  checks: CheckResult[];
  /** Without a verdict, each, unless the instrument is valid. */
  claims: JudgedClaim[];
}

/**
 * Judges the paper's claims by a study: first whether its instrument can test them, then each claim.
 *
 * @example
 * const { valid, claims } = studyVerdicts(await openStudy())
 * valid ? claims[0]?.verdict : 'no verdict'
 */
export function studyVerdicts(study: CheckedStudy): StudyVerdicts {
  const checks = checkValidity(study);
  const valid = checks.every(({ passed }) => passed);
  const tested = testHypotheses(study.rows);
  return { valid, checks, claims: valid ? tested : tested.map(withoutVerdict) };
}

function withoutVerdict({ seedsNeeded: _, ...claim }: TestedHypothesis): JudgedClaim {
  return { ...claim, verdict: INVALID };
}
