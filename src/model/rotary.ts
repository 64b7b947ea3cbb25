import * as tf from '@tensorflow/tfjs';
import type { Rope } from './config.ts';

/** Cosines and sines of the angles by which pairs of a head are turned, each float32 [T, 1, D / 2] or [B, T, 1, D / 2]. */
export interface Rotation {
  cos: tf.Tensor;
  sin: tf.Tensor;
}

/**
 * The rotations of positions 0 to T - 1.
 *
 * @param length T.
 * @param headWidth D, even.
 */
export function rotation(rope: Rope, length: number, headWidth: number): Rotation {
  const frequencies = ropeFrequencies(rope, headWidth);
  const angles = Array.from({ length }, (_, position) =>
    frequencies.map(frequency => position * frequency),
  ).flat();
  const table = (of: (angle: number) => number) =>
    tf.tensor3d(Float32Array.from(angles, of), [length, 1, headWidth / 2]);
  return { cos: table(Math.cos), sin: table(Math.sin) };
}

/**
 * By how much the angle of each pair of a head grows with the position, in radians.
 *
 * @see Su et al. 2021, RoFormer; the scaling of Llama 3.1 as in Transformers' `rope_type: llama3`
 */
export function ropeFrequencies({ theta, scaling }: Rope, headWidth: number): number[] {
  return Array.from({ length: headWidth / 2 }, (_, pair) => {
    const frequency = theta ** ((-2 * pair) / headWidth);
    if (!scaling) return frequency;
    if (scaling.type === 'linear') return frequency / scaling.factor;
    if (scaling.type === 'factors') return frequency / (scaling.factors[pair] as number);
    const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
    const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
    const kept = Math.min(1, Math.max(0, (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)));
    return frequency * (kept + (1 - kept) / factor);
  });
}

/**
 * Turns each head's pairs (i, i + D / 2) by the angles of their positions.
 *
 * @param x float32 [B, T, H, D].
 */
export function rotate(x: tf.Tensor4D, { cos, sin }: Rotation): tf.Tensor4D {
  const [batch, length, heads, width] = x.shape;
  const half = width / 2;
  const first = tf.slice(x, [0, 0, 0, 0], [batch, length, heads, half]);
  const second = tf.slice(x, [0, 0, 0, half], [batch, length, heads, half]);
  return tf.concat(
    [tf.sub(tf.mul(first, cos), tf.mul(second, sin)), tf.add(tf.mul(second, cos), tf.mul(first, sin))],
    3,
  );
}
