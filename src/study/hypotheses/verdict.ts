/** Result of testing a claim. */
export type Verdict = 'supported' | 'not supported' | 'undecided' | 'uninformative';

/** Direction of an effect that a hypothesis claims. */
export type Direction = 'rises' | 'does not rise' | 'falls';

/** The mean effect over seeds, and Student's 95 % interval. */
export interface EffectEstimate {
  mean: number;
  low: number;
  high: number;
}

/** Condition under which a claim is judged. */
export interface Claimed {
  direction: Direction;
  /** The least effect that matters, above 0. */
  margin: number;
  /** True if a rise could have been measured; of a claim that something does not rise. */
  informative: boolean;
}

/** Digits of a sum that its order changes. */
const ROUNDING = 1e-12;

/**
 * Judges a claim by the mean effect over seeds and its interval.
 *
 * An effect *rises* if the interval lies above 0 and the mean reaches the margin; that it does is ruled out if the
 * interval lies below the margin. *Falls* mirrors this. An effect *does not rise* if a rise could have been measured and
 * is ruled out; that it does not is refuted by a rise. A refuted claim is not supported, whatever its control.
 *
 * @param estimate null where fewer than two seeds determine the effect, or the seeds do not differ.
 */
export function verdictOf(
  estimate: EffectEstimate | null,
  { direction, margin, informative }: Claimed,
): Verdict {
  const needsControl = direction === 'does not rise';
  if (estimate === null) return needsControl && !informative ? 'uninformative' : 'undecided';
  const effect = direction === 'falls' ? mirrored(estimate) : estimate;
  const [rose, ruledOut] = [rises(effect, margin), effect.high < margin];
  if (!needsControl) return rose ? 'supported' : ruledOut ? 'not supported' : 'undecided';
  if (rose) return 'not supported';
  if (!informative) return 'uninformative';
  return ruledOut ? 'supported' : 'undecided';
}

/** Returns whether an effect is below 0 by as much as matters. */
export function falls(estimate: EffectEstimate, margin: number): boolean {
  return rises(mirrored(estimate), margin);
}

function rises({ mean, low }: EffectEstimate, margin: number): boolean {
  return low > 0 && mean >= margin - ROUNDING;
}

function mirrored({ mean, low, high }: EffectEstimate): EffectEstimate {
  return { mean: -mean, low: -high, high: -low };
}
