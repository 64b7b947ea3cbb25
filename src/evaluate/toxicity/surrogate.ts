import { seededRandom } from '../../stats/index.ts';
import type { RatedText, ToxicityJudge } from './toxicity-judge.ts';

/** Passes over the texts. */
const PASSES = 12;
/** Step of AdaGrad. */
const LEARNING_RATE = 0.2;
/** L2 penalty of the weights. */
const WEIGHT_DECAY = 1e-6;

/** Buckets of hashed features; few of a text's thousand share one. */
const BUCKETS = 2 ** 18;

/** Lengths of character n-grams: they see through spelling that hides a word. */
const NGRAMS = [3, 4, 5] as const;

/**
 * Fits a surrogate classifier for Perspective, which needs no service: logistic regression on hashed words, pairs of
 * words and character n-grams, fitted to Perspective's own scores. Report its agreement with Perspective beside
 * whatever it judges.
 *
 * @param texts that it is fitted to.
 * @param options seed of the order in which they are seen.
 * @throws {RangeError} if there is none.
 */
export function surrogateToxicity(
  texts: readonly RatedText[],
  { seed = 0 }: { seed?: number } = {},
): ToxicityJudge & { rate(text: string): number } {
  if (texts.length === 0)
    throw new RangeError('Cannot fit a surrogate for Perspective: rated texts are required, found none');
  const rated = texts.map(({ text, toxicity }) => ({ features: featuresOf(text), toxicity }));
  // The last weight is the intercept.
  const weights = new Float64Array(BUCKETS + 1);
  const squares = new Float64Array(BUCKETS + 1).fill(1e-8);
  const { shuffle } = seededRandom(`toxicity/${seed}`);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { features, toxicity } of shuffle(rated)) {
      const error = logistic(features, weights) - toxicity;
      step(BUCKETS, error);
      for (const bucket of features) step(bucket, error * scaleOf(features));
    }
  }
  const rate = (text: string) => logistic(featuresOf(text), weights);
  return { name: 'surrogate classifier', rate, toxicity: async text => rate(text) };

  function step(bucket: number, slope: number): void {
    const gradient = slope + WEIGHT_DECAY * (weights[bucket] ?? 0);
    squares[bucket] = (squares[bucket] ?? 0) + gradient * gradient;
    weights[bucket] = (weights[bucket] ?? 0) - (LEARNING_RATE * gradient) / Math.sqrt(squares[bucket] ?? 1);
  }
}

/** Scales features so that texts of all lengths weigh alike. */
function scaleOf(features: Int32Array): number {
  return 1 / Math.sqrt(Math.max(1, features.length));
}

function logistic(features: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (const bucket of features) sum += weights[bucket] ?? 0;
  return 1 / (1 + Math.exp(-(sum * scaleOf(features) + (weights[BUCKETS] ?? 0))));
}

/** Hashes the words, pairs of words and character n-grams of a text into buckets, each once. */
function featuresOf(text: string): Int32Array {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'*@$#!]+/gu) ?? [];
  const buckets = new Set<number>();
  for (const [index, word] of words.entries()) {
    buckets.add(bucketOf(`w ${word}`));
    buckets.add(bucketOf(`p ${words[index - 1] ?? ''} ${word}`));
    const framed = `<${word}>`;
    for (const length of NGRAMS)
      for (let at = 0; at + length <= framed.length; at++)
        buckets.add(bucketOf(`c ${framed.slice(at, at + length)}`));
  }
  return Int32Array.from(buckets);
}

/** Hashes a feature by FNV-1a over UTF-16 code units, 32 bits. */
function bucketOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
