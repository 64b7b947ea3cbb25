import * as tf from '@tensorflow/tfjs';
import { type KeysValues, type Model, network, type Places } from '../model/index.ts';

/** Sequences in the middle of being read, side by side: what attention will look at of their tokens so far. */
export interface KvCache {
  /** A layer each, float32 [B, S, K, D]; S columns were read of every row. */
  readonly layers: readonly KeysValues[];
  /** S. */
  readonly columns: number;
}

/** Reads tokens with a model, each once. */
export interface Reader {
  /**
   * Reads further columns of every row.
   *
   * @param rows T tokens a row.
   * @param padding how many of a row's first columns, those read before among them, are no tokens of it; they
   *   are not seen, and positions are counted from their end.
   * @param past what was read before; default nothing. It stays the caller's.
   * @returns the residual stream behind the last block, float32 [B, T, D], and all that was read; the caller's.
   */
  read(
    rows: readonly (readonly number[])[],
    padding: readonly number[],
    past?: KvCache,
  ): { x: tf.Tensor3D; cache: KvCache };
  dispose(): void;
}

/** What is added to the attention scores of what must not be seen. */
const UNSEEN = -1e9;

/** @param longest most tokens of a row, in all. */
export function reader({ config, weights }: Model, longest: number): Reader {
  const { places, embed, block } = network(config);
  const table = tf.tidy(() => {
    const { rotation } = places(longest);
    return rotation ?? {};
  }) as { cos?: tf.Tensor; sin?: tf.Tensor };

  return {
    read(rows, padding, past) {
      const before = past?.columns ?? 0;
      const width = rows[0]?.length ?? 0;
      const kept: KeysValues[] = [];
      const x = tf.tidy(() => {
        const ids = tf.tensor2d(rows.flat(), [rows.length, width], 'int32');
        const at = padding.flatMap(pad =>
          Array.from({ length: width }, (_, column) => Math.max(0, before + column - pad)),
        );
        const positions = tf.tensor2d(at, [rows.length, width], 'int32');
        const here: Places = {
          bias: seenBias(before, width, padding),
          recall(layer, now) {
            const earlier = past?.layers[layer];
            const all = earlier
              ? {
                  keys: tf.concat([earlier.keys, now.keys], 1),
                  values: tf.concat([earlier.values, now.values], 1),
                }
              : now;
            kept.push({ keys: tf.keep(tf.clone(all.keys)), values: tf.keep(tf.clone(all.values)) });
            return all;
          },
        };
        if (table.cos && table.sin)
          here.rotation = { cos: tf.gather(table.cos, positions), sin: tf.gather(table.sin, positions) };
        let stream = embed(weights, ids, positions);
        for (let layer = 0; layer < config.layers; layer++) stream = block(weights, layer, stream, here);
        return stream;
      });
      return { x, cache: { layers: kept, columns: before + width } };
    },
    dispose: () => tf.dispose(Object.values(table)),
  };
}

/** Column `before` + t sees those up to itself, but no padding: float32 [T, S], or [B, 1, T, S] with padding. */
function seenBias(before: number, width: number, padding: readonly number[]): tf.Tensor {
  const columns = tf.range(0, before + width);
  const reading = tf.reshape(tf.range(before, before + width), [width, 1]);
  const later = tf.mul(tf.cast(tf.greater(columns, reading), 'float32'), UNSEEN);
  if (padding.every(pad => pad === 0)) return later;
  const starts = tf.tensor4d(padding.slice(), [padding.length, 1, 1, 1]);
  return tf.add(later, tf.mul(tf.cast(tf.less(columns, starts), 'float32'), UNSEEN));
}

/** The cache of these rows alone, as often as they are named; the given one is freed. */
export function rowsOf(cache: KvCache, rows: readonly number[]): KvCache {
  const picked = tf.tensor1d(rows.slice(), 'int32');
  const pick = (tensor: tf.Tensor4D) => tf.gather(tensor, picked);
  const layers = cache.layers.map(({ keys, values }) => ({ keys: pick(keys), values: pick(values) }));
  tf.dispose(picked);
  disposeCache(cache);
  return { layers, columns: cache.columns };
}

export function disposeCache({ layers }: KvCache): void {
  for (const { keys, values } of layers) tf.dispose([keys, values]);
}
