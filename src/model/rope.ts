import type { Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { RopeTables } from './network.ts';
import { ropeFrequencies, ropeMagnitude } from './rope-frequencies.ts';

/** Rotary position embedding: the angle of pair i at position p is p · theta^(-2i / rotaryDim), rescaled. */
export interface Rope {
  theta: number;
  /** Number of a head's first elements that are rotated; default all. */
  rotaryDim?: number;
  scaling?: RopeScaling;
}

/** Rescaling of the angles in a model that was extended to a longer context. */
export type RopeScaling =
  | LinearScaling
  | DynamicScaling
  | Llama3Scaling
  | YarnScaling
  | LongRopeScaling
  | FactorScaling;

/** All angles divided by the factor. */
export interface LinearScaling {
  type: 'linear';
  factor: number;
}

/** A theta that grows with sequences beyond the context that the config states; within it, nothing is scaled. */
export interface DynamicScaling {
  type: 'dynamic';
  factor: number;
}

/** Slow angles divided by the factor, fast ones kept, a mixture between the two (LLaMA 3.1). */
export interface Llama3Scaling {
  type: 'llama3';
  factor: number;
  lowFreqFactor: number;
  highFreqFactor: number;
  originalMaxPositions: number;
}

/** The same by another ramp, and all multiplied by a magnitude. */
export interface YarnScaling {
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

/** Each angle divided by its own factor, which is another for sequences beyond the original context. */
export interface LongRopeScaling {
  type: 'longrope';
  shortFactors: readonly number[];
  longFactors: readonly number[];
  originalMaxPositions: number;
  /** Magnitude of the rotated queries and keys. */
  attentionFactor: number;
}

/** Each angle divided by its own factor, as GGUF files hold it. */
export interface FactorScaling {
  type: 'factors';
  factors: readonly number[];
}

/**
 * Computes cosines and sines of the angles at positions 0 to T - 1.
 *
 * @param length T.
 * @param headDim D.
 * @param sequenceLength of the longest sequence that they are for.
 */
export function ropeTables(rope: Rope, length: number, headDim: number, sequenceLength: number): RopeTables {
  const frequencies = ropeFrequencies(rope, headDim, sequenceLength);
  const magnitude = ropeMagnitude(rope);
  const pairs = frequencies.length;
  const table = (of: (angle: number) => number) => {
    const values = new Float32Array(length * pairs);
    for (let position = 0, at = 0; position < length; position++) {
      for (const frequency of frequencies) values[at++] = magnitude * of(position * frequency);
    }
    return tf.tensor3d(values, [length, 1, pairs]);
  };
  return { cos: table(Math.cos), sin: table(Math.sin) };
}

/**
 * Rotates each head's pairs (i, i + R / 2) by the angles of their positions, where R is twice the tables' width; elements
 * of the head from R on stay as they are.
 *
 * @param x float32 [B, T, H, D].
 */
export function applyRope(x: Tensor4D, { cos, sin }: RopeTables): Tensor4D {
  const [batch, length, heads, headDim] = x.shape;
  const half = cos.shape.at(-1) ?? 0;
  const part = (start: number, count: number): Tensor4D =>
    tf.slice(x, [0, 0, 0, start], [batch, length, heads, count]);
  const [first, second] = [part(0, half), part(half, half)];
  const rotated: Tensor4D[] = [
    tf.sub(tf.mul(first, cos), tf.mul(second, sin)),
    tf.add(tf.mul(second, cos), tf.mul(first, sin)),
  ];
  return tf.concat(2 * half < headDim ? [...rotated, part(2 * half, headDim - 2 * half)] : rotated, 3);
}
