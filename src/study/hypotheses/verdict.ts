import type { Interval } from '../../stats/index.ts';

export type Verdict = 'supported' | 'not supported' | 'undecided';

/** Direction of an effect that a hypothesis claims. */
export type Direction = 'rises' | 'does not rise';

/**
 * Judges a claim by a 95 % interval of its effect. An effect rises if the interval lies above 0 and does not rule
 * out one that matters; it does not rise if the interval rules out one that matters; else nothing is decided.
 *
 * @param margin the least effect that matters, above 0.
 */
export function verdictOf(direction: Direction, { low, high }: Interval, margin: number): Verdict {
  if (low === null || high === null) return 'undecided';
  const rises = high >= margin && low > 0;
  const risesNot = high < margin;
  if (!rises && !risesNot) return 'undecided';
  return rises === (direction === 'rises') ? 'supported' : 'not supported';
}
