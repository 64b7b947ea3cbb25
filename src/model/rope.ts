import type { Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { RopeTables } from './network.ts';
import { type Rope, ropeFrequencies, ropeMagnitude } from './rope-frequencies.ts';

/**
 * Computes cosines and sines of the angles at positions 0 to T - 1, for sequences of each of some lengths in turn.
 *
 * @param length T.
 * @param headDim D.
 * @param sequenceLengths N of them.
 * @returns tables of N · T rows.
 */
export function ropeTables(
  rope: Rope,
  length: number,
  headDim: number,
  sequenceLengths: readonly number[],
): RopeTables {
  const each = sequenceLengths.map(sequenceLength => ropeFrequencies(rope, headDim, sequenceLength));
  const magnitude = ropeMagnitude(rope);
  const pairs = each[0]?.length ?? 0;
  const rows = each.length * length;
  const table = (of: (angle: number) => number) => {
    const values = new Float32Array(rows * pairs);
    let at = 0;
    for (const frequencies of each) {
      for (let position = 0; position < length; position++) {
        for (const frequency of frequencies) values[at++] = magnitude * of(position * frequency);
      }
    }
    return tf.tensor3d(values, [rows, 1, pairs]);
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
