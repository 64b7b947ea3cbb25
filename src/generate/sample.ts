import type { Random } from '../stats/index.ts';

/** Options of sampling, in the order in which they take effect. */
export interface SampleOptions {
  /**
   * Makes tokens that the sequence holds already less likely: their logits are divided by it where positive,
   * multiplied where negative; default 1, as likely as they are.
   *
   * @see Keskar et al. 2019, CTRL, §4.1
   */
  repetitionPenalty?: number | undefined;
  /** Divides the logits; default 0, which takes the most likely token, the lowest id of several. */
  temperature?: number | undefined;
  /** Samples from this many of the most likely tokens; default all. */
  topK?: number | undefined;
  /**
   * Samples from the smallest set of most likely tokens that holds this share of the probability; default 1.
   *
   * @see Holtzman et al. 2020, The Curious Case of Neural Text Degeneration
   */
  topP?: number | undefined;
}

/**
 * Fills in the defaults, and checks the options. @throws {RangeError} naming the first option that is out of range.
 */
export function sampleSettings(options: SampleOptions): Required<{ [K in keyof SampleOptions]: number }> {
  const { repetitionPenalty = 1, temperature = 0, topK = Infinity, topP = 1 } = options;
  require(repetitionPenalty > 0 &&
    repetitionPenalty < Infinity, 'repetitionPenalty', 'a number above 0', repetitionPenalty);
  require(temperature >= 0 && temperature < Infinity, 'temperature', 'a number of at least 0', temperature);
  require(topK === Infinity ||
    (Number.isInteger(topK) && topK >= 1), 'topK', 'an integer of at least 1', topK);
  require(topP > 0 && topP <= 1, 'topP', 'a number above 0, at most 1', topP);
  return { repetitionPenalty, temperature, topK, topP };
}

function require(holds: boolean, name: string, required: string, found: number): void {
  if (!holds) throw new RangeError(`Cannot sample: ${name} must be ${required}, found ${found}`);
}

/**
 * Samples the next token of a sequence.
 *
 * @param logits [V], unnormalised; left as they are.
 * @param seen the tokens of the sequence so far, for the repetition penalty.
 * @param random drawn from once, and not at all at temperature 0.
 * @returns an id below V.
 * @throws {RangeError} if an option is out of range, there are no logits, or one of them is NaN.
 */
export function sample(
  logits: Float32Array,
  seen: Iterable<number>,
  options: SampleOptions,
  random: Random,
): number {
  const { repetitionPenalty, temperature, topK, topP } = sampleSettings(options);
  const scores = penalised(logits, seen, repetitionPenalty);
  const best = mostLikely(scores);
  if (temperature === 0) return best;
  const weights = weightsOf(scores, scores[best] as number, temperature);
  const kept = nucleus(mostLikelyOf(weights, topK), weights, topP);
  return draw(kept, weights, random);
}

// Of a vocabulary of 50,000, the typed arrays' own `from`, `filter` and `entries` take ten times as long as loops.

/** Computes the shares of the tokens, the most likely one's 1. */
function weightsOf(scores: Float32Array, highest: number, temperature: number): Float64Array {
  const weights = new Float64Array(scores.length);
  for (let id = 0; id < scores.length; id++)
    weights[id] = Math.exp(((scores[id] as number) - highest) / temperature);
  return weights;
}

function penalised(logits: Float32Array, seen: Iterable<number>, penalty: number): Float32Array {
  if (penalty === 1) return logits;
  const scores = Float32Array.from(logits);
  for (const id of new Set(seen)) {
    const score = scores[id];
    if (score !== undefined) scores[id] = score > 0 ? score / penalty : score * penalty;
  }
  return scores;
}

function mostLikely(scores: Float32Array): number {
  let best = 0;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] as number;
    if (Number.isNaN(score))
      throw new RangeError(`Cannot sample: the logits must be numbers, found NaN at ${id}`);
    if (score > (scores[best] as number)) best = id;
  }
  if (scores.length > 0 && (scores[best] as number) > -Infinity && (scores[best] as number) < Infinity)
    return best;
  throw new RangeError(`Cannot sample: a highest logit is required, found ${scores[best] ?? 'no logits'}`);
}

/** Selects the ids of the k largest weights, in their order; of equal ones, the lower ids. */
function mostLikelyOf(weights: Float64Array, k: number): number[] {
  const ids: number[] = [];
  if (k >= weights.length) {
    for (let id = 0; id < weights.length; id++) ids.push(id);
    return ids;
  }
  const least = weights.slice().sort()[weights.length - k] as number;
  let equal = k;
  for (const weight of weights) if (weight > least) equal--;
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id] as number;
    if (weight > least || (weight === least && equal-- > 0)) ids.push(id);
  }
  return ids;
}

function byWeight(ids: number[], weights: Float64Array): number[] {
  return ids.sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
}

/** Selects the fewest of these ids, largest weight first, that hold this share of their weight. */
function nucleus(ids: number[], weights: Float64Array, share: number): number[] {
  if (share === 1) return ids;
  const total = sum(ids, weights);
  // All that weigh less than this hold less than what may be left out, and need no sorting.
  const least = ((1 - share) * total) / ids.length;
  const likely: number[] = [];
  for (const id of ids) if ((weights[id] as number) >= least) likely.push(id);
  const sorted = byWeight(likely, weights);
  let held = 0;
  const last = sorted.findIndex(id => {
    held += weights[id] as number;
    return held >= share * total;
  });
  return last < 0 ? sorted : sorted.slice(0, last + 1);
}

/** Draws one of the ids, each as often as its weight says. */
function draw(ids: readonly number[], weights: Float64Array, random: Random): number {
  let left = random.next() * sum(ids, weights);
  let drawn = ids[0] as number;
  for (const id of ids) {
    const weight = weights[id] as number;
    // Rounding may leave a rest behind the last id: it falls to the last that can be drawn at all.
    if (weight > 0) drawn = id;
    left -= weight;
    if (left < 0) break;
  }
  return drawn;
}

function sum(ids: readonly number[], weights: Float64Array): number {
  let total = 0;
  for (const id of ids) total += weights[id] as number;
  return total;
}
