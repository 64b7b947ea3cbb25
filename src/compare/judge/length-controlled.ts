import type { Estimate } from '../../schema.ts';
import { bootstrap, mean, standardDeviation } from '../../stats/index.ts';

/** Outcome of one pair, and the lengths of its answers. */
export interface LengthPair {
  /** 1 if the model's answer is preferred, 0 if the other's is, ½ for a tie. */
  outcome: number;
  /** Length of the model's answer, and of the other's, in any one unit. */
  length: number;
  otherLength: number;
}

/** Share of pairs in which a model would be preferred if its answers were as long as the others'. */
export interface LengthControlled extends Estimate {
  /** The share as it is, ties counting half. */
  raw: number | null;
  /** Log-odds that a standard deviation of extra length adds, at the start. */
  lengthEffect: number | null;
}

/** Penalty of the effect of length: scikit-learn's default, C = 1. */
const RIDGE = 1;
/** Newton's steps; a dozen reach the last bit. */
const STEPS = 50;

/**
 * Estimates a win rate at equal length: logistic regression of the outcome on the tanh of the difference in length,
 * over its standard deviation, gives the odds where there is none. 95 % bootstrap interval over pairs.
 *
 * @throws {RangeError} if an outcome lies outside 0 … 1 or a length is negative.
 * @see Dubois et al. 2024, Length-Controlled AlpacaEval, §3; without its term for how hard a prompt is
 * @example
 * // Given lengths.
 * lengthControlled(lengths).raw // 0.5
 */
export function lengthControlled(
  pairs: readonly LengthPair[],
  { seed = 0 }: { seed?: number } = {},
): LengthControlled {
  for (const { outcome, length, otherLength } of pairs)
    if (!(outcome >= 0 && outcome <= 1 && length >= 0 && otherLength >= 0))
      throw new RangeError(
        `Cannot control for length: outcomes from 0 to 1 and lengths from 0 are required, found ${outcome}, ${length} and ${otherLength}`,
      );
  const differences = pairs.map(({ length, otherLength }) => length - otherLength);
  const spread = standardDeviation(differences);
  const outcomes = pairs.map(({ outcome }) => outcome);
  const features = differences.map(difference => (spread ? Math.tanh(difference / spread) : 0));
  const at = (indices: ArrayLike<number>) => fitted(indices, outcomes, features);
  const all = at(pairs.map((_, index) => index));
  return {
    value: all === null ? null : logistic(all.intercept),
    ...bootstrap(
      pairs.length,
      indices => {
        const found = at(indices);
        return found === null ? null : logistic(found.intercept);
      },
      { seed },
    ),
    n: pairs.length,
    raw: mean(outcomes),
    lengthEffect: all?.slope ?? null,
  };
}

/** Maximizes the penalised likelihood; null of no pairs, or where all outcomes are won or lost. */
function fitted(
  indices: ArrayLike<number>,
  outcomes: readonly number[],
  features: readonly number[],
): { intercept: number; slope: number } | null {
  const chosen = Array.from(indices);
  const share = mean(chosen.map(index => outcomes[index] ?? 0));
  if (share === null) return null;
  if (share === 0 || share === 1) return { intercept: share === 1 ? Infinity : -Infinity, slope: 0 };
  let intercept = 0;
  let slope = 0;
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, -RIDGE * slope, 0, 0, RIDGE];
    for (const index of chosen) {
      const x = features[index] ?? 0;
      const p = logistic(intercept + slope * x);
      const residual = (outcomes[index] ?? 0) - p;
      const weight = p * (1 - p);
      g0 += residual;
      g1 += residual * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    intercept += d0;
    slope += d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-12) break;
  }
  return { intercept, slope };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
