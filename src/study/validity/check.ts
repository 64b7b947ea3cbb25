import type { StudyRow } from '../../schema.ts';
import { bySeed, type MeasuredEffect, type OverSeeds, overSeeds } from '../hypotheses/index.ts';
import type { StudyManifest } from '../pipeline/study-files.ts';
import type { CheckResult } from './check-result.ts';

/** A condition of a valid instrument: a study that does not meet it has no verdicts. */
export interface ValidityCheck {
  id: string;
  /** The condition in words. */
  rule: string;
  /** Checks a study. */
  run(study: CheckedStudy): Found;
}

/** Outcome of running a check. */
export type Found = Pick<CheckResult, 'value' | 'passed'>;

/** Parts of a study that checks read. */
export interface CheckedStudy {
  rows: readonly StudyRow[];
  manifest: Pick<StudyManifest, 'leakage'>;
}

/** Checks the mean of an effect over seeds. */
export function meanCheck(
  id: string,
  rule: string,
  effect: MeasuredEffect,
  passes: (mean: number) => boolean,
): ValidityCheck {
  return effectCheck(id, rule, effect, found => valueCheck(found.effect, passes));
}

/** Checks an effect by its values over seeds. */
export function effectCheck(
  id: string,
  rule: string,
  effect: MeasuredEffect,
  run: (found: OverSeeds) => Found,
): ValidityCheck {
  return {
    id,
    rule,
    run: ({ rows }) => {
      const found = overAll(bySeed(rows), effect);
      return found === null ? { value: null, passed: false } : run(found);
    },
  };
}

/** Computes the mean of an effect over seeds; null unless every seed determines it. */
export function meanOfAll(seeds: readonly StudyRow[][], effect: MeasuredEffect): number | null {
  return overAll(seeds, effect)?.effect ?? null;
}

/** Judges a value; one that was not measured does not pass. */
export function valueCheck(value: number | null, passes: (value: number) => boolean): Found {
  return { value, passed: value !== null && passes(value) };
}

function overAll(seeds: readonly StudyRow[][], effect: MeasuredEffect): OverSeeds | null {
  const found = overSeeds(seeds, effect);
  return found.effects.length < seeds.length ? null : found;
}
