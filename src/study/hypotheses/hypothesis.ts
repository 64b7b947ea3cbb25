import type { MeasuredEffect } from './effects.ts';
import type { Direction } from './verdict.ts';

/** Unit of an effect. */
export type EffectUnit = 'share' | 'correlation' | 'ROUGE' | 'overlap';

/** A claim of the paper, as an effect that a study measures. */
export interface Hypothesis {
  id: string;
  claim: string;
  /** Place of the claim in the paper. */
  source: string;
  /** At the largest size and budget unless its text says otherwise. */
  effect: MeasuredEffect;
  direction: Direction;
  unit: EffectUnit;
  /** The least effect that matters, in its unit. */
  margin: number;
  /** Evidence that a rise could have been measured; of a claim that something does not rise. */
  sensitivity?: Sensitivity;
}

/**
 * Evidence that a rise could have been measured: the positive control, named in advance, rises by the same margin, and
 * the value that is compared leaves room to rise.
 */
export interface Sensitivity {
  control: MeasuredEffect;
  baseline: MeasuredEffect;
}

/** Properties of a unit. */
interface UnitProperties {
  /** Least effect that matters unless a claim states another. */
  margin: number;
  /** Most that a measure can be. */
  maximum: number;
  /** Factor, digits and name of printed effects. */
  scale: number;
  digits: number;
  name: string;
}

export const UNITS: Readonly<Record<EffectUnit, UnitProperties>> = {
  share: { margin: 0.05, maximum: 1, scale: 100, digits: 1, name: 'points' },
  correlation: { margin: 0.05, maximum: 1, scale: 1, digits: 2, name: 'of correlation' },
  ROUGE: { margin: 1, maximum: 100, scale: 1, digits: 1, name: 'of ROUGE' },
  overlap: { margin: 1, maximum: 100, scale: 1, digits: 1, name: 'of overlap' },
};

/** Formats an effect in its unit, with a sign unless it is a bound: `+12.3`. */
export function inUnit(value: number, unit: EffectUnit, signed = false): string {
  const { scale, digits } = UNITS[unit];
  const text = (scale * value).toFixed(digits).replace('-', '−');
  return signed && value > 0 ? `+${text}` : text;
}

/** Formats a mean effect and its interval: `+12.3 points` and `[+4.5, +20.1]`, which is empty where there is none. */
export function effectText(
  { effect, low, high }: Record<'effect' | 'low' | 'high', number | null>,
  unit: EffectUnit,
): { mean: string; interval: string } {
  const signed = (value: number) => inUnit(value, unit, true);
  return {
    mean: effect === null ? 'not measured' : `${signed(effect)} ${UNITS[unit].name}`,
    interval: low === null || high === null ? '' : `[${signed(low)}, ${signed(high)}]`,
  };
}
