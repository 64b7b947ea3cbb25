import type { RefuseConfig } from './config.ts';

/** Rotary position embedding: the angle of pair i at position p is p · theta^(-2i / rotaryDim), rescaled. */
export interface Rope {
  theta: number;
  /** Number of a head's first elements that are rotated; default all. */
  rotaryDim?: number;
  scaling?: RopeScaling;
}

/** Rescaling of the angles in a model that was extended to a longer context. */
export type RopeScaling =
  /** All divided by the factor. */
  | { type: 'linear'; factor: number }
  /** A theta that grows with sequences beyond the original context; within it, nothing is scaled. */
  | { type: 'dynamic'; factor: number; originalMaxPositions: number }
  /** Slow ones divided by the factor, fast ones kept, a mixture between the two (LLaMA 3.1). */
  | {
      type: 'llama3';
      factor: number;
      lowFreqFactor: number;
      highFreqFactor: number;
      originalMaxPositions: number;
    }
  /** The same by another ramp, and all multiplied by a magnitude. */
  | {
      type: 'yarn';
      factor: number;
      originalMaxPositions: number;
      /** Turns over the original context at which the ramp begins and ends; default 32 and 1. */
      betaFast?: number;
      betaSlow?: number;
      /** Magnitude of the rotated queries and keys; default by the factor. */
      attentionFactor?: number;
      /** Numbers from which the magnitude follows where both are stated and it is not. */
      mscale?: number;
      mscaleAllDim?: number;
      /** False if the ends of the ramp are not rounded to whole pairs; default true. */
      truncate?: boolean;
    }
  /** Each divided by its own factor, which is another for sequences beyond the original context. */
  | {
      type: 'longrope';
      shortFactors: readonly number[];
      longFactors: readonly number[];
      originalMaxPositions: number;
      /** Magnitude of the rotated queries and keys. */
      attentionFactor: number;
    }
  /** Each divided by its own factor, as GGUF files hold it. */
  | { type: 'factors'; factors: readonly number[] };

/** Scaling of one type. */
type Scaling<Type extends RopeScaling['type']> = Extract<RopeScaling, { type: Type }>;

/**
 * Computes by how many radians the angle of each pair of a head grows from one position to the next.
 *
 * @param length of the sequence.
 * @see Su et al. 2021, RoFormer; the scalings as in Transformers' `rope_type`
 */
export function ropeFrequencies(rope: Rope, headDim: number, length = 0): number[] {
  const { theta, scaling, rotaryDim = headDim } = rope;
  const frequencies = unscaledFrequencies(theta, rotaryDim);
  switch (scaling?.type) {
    case undefined:
      return frequencies;
    case 'dynamic':
      return unscaledFrequencies(dynamicTheta(scaling, theta, rotaryDim, length), rotaryDim);
    case 'linear':
      return frequencies.map(frequency => frequency / scaling.factor);
    case 'llama3':
      return frequencies.map(frequency => llama3Frequency(frequency, scaling));
    case 'yarn': {
      const kept = yarnRamp(scaling, theta, rotaryDim);
      return frequencies.map((frequency, pair) => mixture(frequency, scaling.factor, kept(pair)));
    }
    case 'longrope':
      return divided(frequencies, longRopeFactors(scaling, length));
    case 'factors':
      return divided(frequencies, scaling.factors);
  }
}

/** Returns the factor of cosines and sines. */
export function ropeMagnitude({ scaling }: Rope): number {
  if (scaling?.type === 'longrope') return scaling.attentionFactor;
  if (scaling?.type !== 'yarn') return 1;
  const { factor, attentionFactor, mscale, mscaleAllDim } = scaling;
  if (attentionFactor !== undefined) return attentionFactor;
  const magnitude = (scale: number) => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  return mscale && mscaleAllDim ? magnitude(mscale) / magnitude(mscaleAllDim) : magnitude(1);
}

/** Refuses a rotary embedding whose constants are not positive, or do not fit the width of a head. */
export function requireRope(rope: Rope, headDim: number, refuse: RefuseConfig): void {
  const { theta, scaling, rotaryDim } = rope;
  if (rotaryDim === undefined && headDim % 2 !== 0) refuse('an even headDim', `${headDim}`);
  if (rotaryDim !== undefined && !(rotaryDim % 2 === 0 && rotaryDim > 0 && rotaryDim <= headDim)) {
    refuse(`an even number of rotated elements up to ${headDim}`, `${rotaryDim}`);
  }
  if (scaling?.type === 'dynamic' && (rotaryDim ?? headDim) <= 2) {
    refuse('more than 2 rotated elements, for "dynamic" scaling', `${rotaryDim ?? headDim}`);
  }
  const constants = [theta, ...scalingConstants(scaling)];
  if (!constants.every(constant => constant > 0 && Number.isFinite(constant))) {
    refuse('positive constants of the rotary embedding', constants.join(', '));
  }
  const pairs = (rotaryDim ?? headDim) / 2;
  const given = pairFactors(scaling).find(({ length }) => length !== pairs);
  if (given) refuse(`${pairs} factors of the rotary embedding`, `${given.length}`);
}

/** Lists the factors that a scaling states for each pair. */
function pairFactors(scaling: RopeScaling | undefined): (readonly number[])[] {
  if (scaling?.type === 'factors') return [scaling.factors];
  return scaling?.type === 'longrope' ? [scaling.shortFactors, scaling.longFactors] : [];
}

function scalingConstants(scaling: RopeScaling | undefined): readonly number[] {
  switch (scaling?.type) {
    case undefined:
      return [];
    case 'factors':
      return scaling.factors;
    case 'linear':
      return [scaling.factor];
    case 'dynamic':
      return [scaling.factor, scaling.originalMaxPositions];
    case 'longrope':
      return [
        ...scaling.shortFactors,
        ...scaling.longFactors,
        scaling.originalMaxPositions,
        scaling.attentionFactor,
      ];
    case 'yarn': {
      const { factor, originalMaxPositions, betaFast = 32, betaSlow = 1, attentionFactor = 1 } = scaling;
      return [factor, originalMaxPositions, betaFast, betaSlow, attentionFactor];
    }
    case 'llama3': {
      const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
      return [factor, lowFreqFactor, highFreqFactor, originalMaxPositions, highFreqFactor - lowFreqFactor];
    }
  }
}

function unscaledFrequencies(theta: number, rotaryDim: number): number[] {
  return Array.from({ length: rotaryDim / 2 }, (_, pair) => theta ** ((-2 * pair) / rotaryDim));
}

/**
 * Returns theta for a sequence of this length.
 *
 * @see Peng et al. 2023, YaRN, §3.3: dynamic scaling, there of NTK-aware interpolation
 */
function dynamicTheta(
  { factor, originalMaxPositions }: Scaling<'dynamic'>,
  theta: number,
  rotaryDim: number,
  length: number,
): number {
  const beyond = Math.max(length, originalMaxPositions) / originalMaxPositions - 1;
  return theta * (1 + factor * beyond) ** (rotaryDim / (rotaryDim - 2));
}

function divided(frequencies: readonly number[], factors: readonly number[]): number[] {
  return frequencies.map((frequency, pair) => frequency / (factors[pair] ?? Number.NaN));
}

/** Returns the factors for a sequence of this length. */
function longRopeFactors(
  { shortFactors, longFactors, originalMaxPositions }: Scaling<'longrope'>,
  length: number,
): readonly number[] {
  return length > originalMaxPositions ? longFactors : shortFactors;
}

/** Mixes a frequency, of which a share is kept, with the same divided by a factor. */
function mixture(frequency: number, factor: number, kept: number): number {
  return frequency * (kept + (1 - kept) / factor);
}

function llama3Frequency(frequency: number, scaling: Scaling<'llama3'>): number {
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
  const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
  return mixture(frequency, factor, clamp((turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)));
}

/**
 * Returns the share of each pair's frequency that YaRN keeps.
 *
 * @see Peng et al. 2023, YaRN, §3.2
 */
function yarnRamp(scaling: Scaling<'yarn'>, theta: number, rotaryDim: number): (pair: number) => number {
  const { originalMaxPositions, betaFast = 32, betaSlow = 1, truncate = true } = scaling;
  /** The pair that turns so often over the original context. */
  const pairAt = (turns: number) =>
    (rotaryDim * Math.log(originalMaxPositions / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  const [low, high] = [pairAt(betaFast), pairAt(betaSlow)];
  const first = Math.max(truncate ? Math.floor(low) : low, 0);
  const last = Math.min(truncate ? Math.ceil(high) : high, rotaryDim - 1);
  const pairs = last === first ? 0.001 : last - first;
  return pair => 1 - clamp((pair - first) / pairs);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
