import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import type { RopeTables, RotaryEmbedding } from './network.ts';
import { ropeTables } from './rope.ts';
import { type Rope, ropeFrequencies } from './rope-frequencies.ts';

/** Returns the rotary embedding of heads of width D. */
export function rotaryEmbedding(rope: Rope, headDim: number): RotaryEmbedding {
  const alone = (length: number) => ropeTables(rope, length, headDim, [length]);
  const { scaling } = rope;
  if (scaling?.type === 'longrope')
    return { alone, ...twofoldEmbedding(rope, headDim, scaling.originalMaxPositions) };
  if (scaling?.type === 'dynamic')
    return { alone, ...growingEmbedding(rope, headDim, scaling.originalMaxPositions) };
  return {
    alone,
    table: length => joined(alone(length)),
    at: (table, positions) => rowsOf(table, positions),
    variantOf: () => 0,
  };
}

/** Returns an embedding with one variant for sequences up to a length, and another for those beyond it. */
function twofoldEmbedding(rope: Rope, headDim: number, limit: number): Omit<RotaryEmbedding, 'alone'> {
  return {
    // The rows of one variant, then those of the other.
    table: length => joined(ropeTables(rope, length, headDim, [limit, limit + 1])),
    at(table, positions, lengths) {
      if (!lengths) return rowsOf(table, positions);
      const isLong = tf.cast(tf.greater(lengths, tf.scalar(limit, 'int32')), 'int32');
      const other = tf.scalar((table.shape[0] ?? 0) / 2, 'int32');
      return rowsOf(table, tf.add(positions, tf.mul(isLong, other)));
    },
    variantOf: length => (length > limit ? 1 : 0),
    rereadBeyond: limit,
  };
}

/** Returns an embedding with a variant for each length of a sequence beyond one. */
function growingEmbedding(rope: Rope, headDim: number, limit: number): Omit<RotaryEmbedding, 'alone'> {
  const variantOf = (length: number) => Math.max(0, length - limit);
  return {
    // Frequencies of each variant: all of its positions would be the square of the length in rows.
    table: length =>
      tf.tensor2d(
        Array.from({ length: variantOf(length) + 1 }, (_, variant) =>
          ropeFrequencies(rope, headDim, limit + variant),
        ),
      ),
    at(table, positions, lengths = tf.zeros([1, 1], 'int32')) {
      const last = (table.shape[0] ?? 0) - 1;
      const variants = tf.clipByValue(tf.sub(lengths, tf.scalar(limit, 'int32')), 0, last);
      const frequencies = tf.gather(table, tf.cast(variants, 'int32')); // [B, T or 1, D / 2]
      const angles = tf.mul(tf.expandDims(tf.cast(positions, 'float32'), 2), frequencies);
      const each: Tensor4D = tf.expandDims(angles, 2); // [B, T, 1, D / 2]
      return { cos: tf.cos(each), sin: tf.sin(each) };
    },
    variantOf,
  };
}

/** Joins tables of cosines and sines in one, float32 [rows, 1, D]. */
function joined({ cos, sin }: RopeTables): Tensor {
  const table = tf.concat([cos, sin], 2);
  tf.dispose([cos, sin]);
  return table;
}

/** Looks up rows of a joined table. */
function rowsOf(table: Tensor, rows: Tensor2D): RopeTables {
  const [cos, sin] = tf.split(tf.gather(table as Tensor3D, rows), 2, 3);
  if (cos && sin) return { cos, sin };
  throw new RangeError(`A table of cosines and sines must have two halves, got ${table.shape}`);
}
