/**
 * Computes the probability that a value of Student's t distribution is at most t; absolute error about 1e-15.
 *
 * @param degrees of freedom, a whole number from 1 on.
 * @see Abramowitz and Stegun 1964, 26.7.3 and 26.7.4: the distribution as a finite sum
 */
export function tProbability(t: number, degrees: number): number {
  const within = withinAngle(Math.atan(Math.abs(t) / Math.sqrt(degrees)), degrees);
  return Math.min(1, Math.max(0, 0.5 + (Math.sign(t) * within) / 2));
}

/** Computes the probability that |t| is at most √degrees · tan θ. */
export function withinAngle(theta: number, degrees: number): number {
  const even = degrees % 2 === 0;
  const cosine = Math.cos(theta);
  let sum = 0;
  let term = even ? 1 : cosine;
  for (let k = even ? 0 : 1; k <= degrees - 2; k += 2) {
    sum += term;
    term *= ((k + 1) / (k + 2)) * cosine ** 2;
  }
  const sine = Math.sin(theta) * sum;
  return even ? sine : (2 / Math.PI) * (theta + sine);
}
