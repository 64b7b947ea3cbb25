import { normalProbability } from './normal-probability.ts';

/** Steps of Simpson's rule, an even number. */
const STEPS = 2000;

/** Standard deviations of a scaled χ variable beyond which its density is negligible. */
const REACH = 10;

/**
 * Computes the probability that a value of the noncentral t distribution is at most t; absolute error below 1e-9.
 *
 * T = (Z + δ) / S with S = √(χ² / degrees), so that P(T ≤ t) = E Φ(t S − δ): Simpson's rule over the density of S,
 * which is proportional to s^(degrees − 1) · exp(−degrees · s² / 2).
 *
 * @param degrees of freedom, a whole number from 1 on.
 * @param noncentrality δ; of a t test: effect / spread · √n.
 */
export function noncentralTProbability(t: number, degrees: number, noncentrality: number): number {
  const spread = 1 / Math.sqrt(2 * degrees);
  const low = Math.max(0, 1 - REACH * spread);
  const step = (1 + REACH * spread - low) / STEPS;
  let sum = 0;
  let weights = 0;
  for (let i = 0; i <= STEPS; i++) {
    const s = low + i * step;
    const simpson = i === 0 || i === STEPS ? 1 : i % 2 === 0 ? 2 : 4;
    // Relative to the density at 1, which keeps it within range.
    const density = s ** (degrees - 1) * Math.exp((degrees * (1 - s ** 2)) / 2);
    weights += simpson * density;
    sum += simpson * density * normalProbability(t * s - noncentrality);
  }
  return sum / weights;
}
