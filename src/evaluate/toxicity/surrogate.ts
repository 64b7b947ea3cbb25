import { seededRandom } from '../../stats/index.ts';
import { type Features, PLACES, toxicityFeatures } from './toxicity-features.ts';
import type { ToxicityJudge } from './toxicity-judge.ts';

/** A text, and how toxic Perspective found it, 0 … 1. */
export interface RatedText {
  text: string;
  toxicity: number;
}

/** Passes over the texts. */
const PASSES = 12;
/** Step of AdaGrad. */
const RATE = 0.2;
/** How strongly weights are held to 0. */
const DECAY = 1e-6;

/**
 * A surrogate for Perspective that needs no service: logistic regression on hashed words, pairs and pieces of words,
 * fitted to Perspective's own scores. It is no Perspective: report its agreement with that beside whatever it judges.
 *
 * @param texts what it is fitted to.
 * @param options seed of the order in which they are seen.
 * @throws {RangeError} if there is none.
 */
export function surrogateToxicity(
  texts: readonly RatedText[],
  { seed = 0 }: { seed?: number } = {},
): ToxicityJudge & { rate(text: string): number } {
  if (texts.length === 0)
    throw new RangeError('Cannot fit a surrogate for Perspective: rated texts are required, found none');
  const rated = texts.map(({ text, toxicity }) => ({ features: toxicityFeatures(text), toxicity }));
  const weights = new Float64Array(PLACES + 1);
  const squares = new Float64Array(PLACES + 1).fill(1e-8);
  const { shuffle } = seededRandom(`toxicity/${seed}`);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { features, toxicity } of shuffle(rated)) {
      const error = logistic(features, weights) - toxicity;
      step(PLACES, error);
      for (const place of features) step(place, error * scaleOf(features));
    }
  }
  const rate = (text: string) => logistic(toxicityFeatures(text), weights);
  return { name: 'surrogate classifier', rate, toxicity: async text => rate(text) };

  function step(place: number, slope: number): void {
    const gradient = slope + DECAY * (weights[place] ?? 0);
    squares[place] = (squares[place] ?? 0) + gradient * gradient;
    weights[place] = (weights[place] ?? 0) - (RATE * gradient) / Math.sqrt(squares[place] ?? 1);
  }
}

/** Texts of all lengths weigh alike. */
function scaleOf(features: Features): number {
  return 1 / Math.sqrt(Math.max(1, features.length));
}

/** The last weight is the intercept. */
function logistic(features: Features, weights: Float64Array): number {
  let sum = 0;
  for (const place of features) sum += weights[place] ?? 0;
  return 1 / (1 + Math.exp(-(sum * scaleOf(features) + (weights[PLACES] ?? 0))));
}
