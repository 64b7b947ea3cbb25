import type { Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { RefuseConfig } from './config.ts';
import type { RopeTables } from './network.ts';

/** Rotary position embedding: the angle of pair i at position p is p · theta^(-2i / headDim), rescaled. */
export interface Rope {
  theta: number;
  scaling?: RopeScaling;
}

/** Rescaling of the angles in a model that was extended to a longer context. */
export type RopeScaling =
  /** All divided by the factor. */
  | { type: 'linear'; factor: number }
  /** Slow ones divided by the factor, fast ones kept, a mixture between the two (LLaMA 3.1). */
  | {
      type: 'llama3';
      factor: number;
      lowFreqFactor: number;
      highFreqFactor: number;
      originalMaxPositions: number;
    }
  /** Each divided by its own factor, as GGUF files hold it. */
  | { type: 'factors'; factors: readonly number[] };

/** Refuses a rotary embedding whose constants are not positive, or do not fit the width of a head. */
export function requireRope({ theta, scaling }: Rope, headDim: number, refuse: RefuseConfig): void {
  if (headDim % 2 !== 0) refuse('an even headDim', `${headDim}`);
  const constants = [theta, ...scalingConstants(scaling)];
  if (!constants.every(constant => constant > 0 && Number.isFinite(constant))) {
    refuse('positive constants of the rotary embedding', constants.join(', '));
  }
  if (scaling?.type === 'factors' && scaling.factors.length !== headDim / 2) {
    refuse(`${headDim / 2} factors of the rotary embedding`, `${scaling.factors.length}`);
  }
}

function scalingConstants(scaling: RopeScaling | undefined): readonly number[] {
  if (!scaling) return [];
  if (scaling.type === 'factors') return scaling.factors;
  if (scaling.type === 'linear') return [scaling.factor];
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
  return [factor, lowFreqFactor, highFreqFactor, originalMaxPositions, highFreqFactor - lowFreqFactor];
}

/**
 * Computes cosines and sines of the angles at positions 0 to T - 1.
 *
 * @param length T.
 * @param headDim D, even.
 */
export function ropeTables(rope: Rope, length: number, headDim: number): RopeTables {
  const frequencies = ropeFrequencies(rope, headDim);
  const angles = Array.from({ length }, (_, position) =>
    frequencies.map(frequency => position * frequency),
  ).flat();
  const table = (of: (angle: number) => number) =>
    tf.tensor3d(Float32Array.from(angles, of), [length, 1, headDim / 2]);
  return { cos: table(Math.cos), sin: table(Math.sin) };
}

/**
 * Computes by how many radians the angle of each pair of a head grows from one position to the next.
 *
 * @see Su et al. 2021, RoFormer; the scaling of Llama 3.1 as in Transformers' `rope_type: llama3`
 */
export function ropeFrequencies({ theta, scaling }: Rope, headDim: number): number[] {
  return Array.from({ length: headDim / 2 }, (_, pair) => {
    const frequency = theta ** ((-2 * pair) / headDim);
    if (!scaling) return frequency;
    if (scaling.type === 'linear') return frequency / scaling.factor;
    if (scaling.type === 'factors') return frequency / (scaling.factors[pair] ?? Number.NaN);
    const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
    const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
    const kept = Math.min(1, Math.max(0, (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)));
    return frequency * (kept + (1 - kept) / factor);
  });
}

/**
 * Rotates each head's pairs (i, i + D / 2) by the angles of their positions.
 *
 * @param x float32 [B, T, H, D].
 */
export function applyRope(x: Tensor4D, { cos, sin }: RopeTables): Tensor4D {
  const [batch, length, heads, headDim] = x.shape;
  const half = headDim / 2;
  const first = tf.slice(x, [0, 0, 0, 0], [batch, length, heads, half]);
  const second = tf.slice(x, [0, 0, 0, half], [batch, length, heads, half]);
  return tf.concat(
    [tf.sub(tf.mul(first, cos), tf.mul(second, sin)), tf.add(tf.mul(second, cos), tf.mul(first, sin))],
    3,
  );
}
