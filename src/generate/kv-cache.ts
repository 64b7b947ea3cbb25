import type { Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/** Sequences that are being read side by side: what attention looks at of their tokens so far. */
export interface KvCache {
  /** Keys and values of each layer in turn, float32 [B, K, C, D]; the first `columns` of the C are read. */
  readonly layers: readonly Tensor4D[];
  /** Columns that were read of every row. */
  readonly columns: number;
}

/** Returns the columns that a cache has room for. */
export function capacityOf({ layers }: KvCache): number {
  return layers[0]?.shape[2] ?? 0;
}

/** Moves the columns to a cache with room for more; the given cache is freed. */
export function withCapacity({ layers, columns }: KvCache, capacity: number): KvCache {
  const wider = (tensor: Tensor4D): Tensor4D => {
    const wide = tf.pad(tensor, [
      [0, 0],
      [0, 0],
      [0, capacity - tensor.shape[2]],
      [0, 0],
    ]);
    tensor.dispose();
    return wide;
  };
  return { layers: layers.map(wider), columns };
}

/** Selects these rows, as often as they are named; the given cache is freed. */
export function rowsOf({ layers, columns }: KvCache, rows: readonly number[]): KvCache {
  const picked = tf.tensor1d([...rows], 'int32');
  const pick = (tensor: Tensor4D): Tensor4D => {
    const kept = tf.gather(tensor, picked);
    tensor.dispose();
    return kept;
  };
  const kept = layers.map(pick);
  picked.dispose();
  return { layers: kept, columns };
}

export function disposeCache({ layers }: KvCache): void {
  tf.dispose([...layers]);
}
