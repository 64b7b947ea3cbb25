import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { compile, tf, writeRows } from '../compute/index.ts';
import { type Model, network } from '../model/index.ts';
import type { KvCache } from './kv-cache.ts';
import { onFallback } from './on-fallback.ts';
import type { Stream } from './stream.ts';

/** Result of reading sequences side by side, all of it the caller's. */
export interface Read {
  /** About the token that comes next in each row, float32 [B, V], unnormalised. */
  logits: Tensor2D;
  /** The most likely token of each row, the lowest id of several, int32 [B]; -1 where a logit is not finite. */
  best: Tensor1D;
  cache: KvCache;
}

/** Reads sequences side by side, each token once, by steps that are compiled once for each shape. */
export interface Decoding {
  /**
   * Reads beginnings.
   *
   * @param rows tokens of each row, all of one length.
   * @param padding how many of a row's first columns are no tokens of it; they are not seen, and positions are
   *   counted from their end.
   */
  begin(rows: readonly (readonly number[])[], padding: readonly number[]): Read;
  /**
   * Reads one more token of each row.
   *
   * @param cache must have room for one more column; it is used up and freed.
   */
  next(tokens: readonly number[], padding: readonly number[], cache: KvCache): Read;
  dispose(): void;
}

// There are many shapes, XLA takes seconds for each, and it knows no writing in place.
const OPTIONS = { xla: false, onFallback };

export function decoding({ config, weights }: Model, stream: Stream): Decoding {
  const { logits } = network(config);

  const begin = compile(
    (ids: Tensor2D, padding: Tensor1D) => {
      const [batch, width] = ids.shape;
      const columns = tf.range(0, width, 1, 'int32');
      const layers: Tensor[] = [];
      const x = stream.read(
        ids,
        positionsAt(columns, padding),
        hidden(columns, columns, padding),
        (_, now) => {
          layers.push(now.k, now.v);
          return now;
        },
      );
      return [...predicted(tf.slice(x, [0, width - 1, 0], [batch, 1, x.shape[2]])), ...layers];
    },
    { name: 'that reads prompts', ...OPTIONS },
  );

  const next = compile(
    (ids: Tensor2D, padding: Tensor1D, column: Scalar, ...before: Tensor[]) => {
      const [batch, heads, capacity, width] = (before[0] as Tensor4D).shape;
      const firsts: Tensor1D = tf.range(0, batch * heads * capacity, capacity, 'int32');
      const rows: Tensor1D = tf.add(firsts, column);
      const layers: Tensor[] = [];
      const write = (table: Tensor | undefined, now: Tensor): Tensor4D => {
        const flat: Tensor2D = tf.reshape(table as Tensor, [batch * heads * capacity, width]);
        const written = writeRows(flat, rows, tf.reshape(now, [batch * heads, width]));
        const whole: Tensor4D = tf.reshape(written, [batch, heads, capacity, width]);
        layers.push(whole);
        return whole;
      };
      const reading: Tensor1D = tf.reshape(column, [1]);
      const columns = tf.range(0, capacity, 1, 'int32');
      const x = stream.read(
        ids,
        positionsAt(reading, padding),
        hidden(columns, reading, padding),
        (layer, now) => ({
          k: write(before[2 * layer], now.k),
          v: write(before[2 * layer + 1], now.v),
        }),
      );
      return [...predicted(x), ...layers];
    },
    { name: 'that reads a token', ...OPTIONS },
  );

  /** Computes the positions of the tokens of these columns in each row, int32 [B, T]. */
  function positionsAt(columns: Tensor1D, padding: Tensor1D): Tensor2D {
    const counted: Tensor2D = tf.sub(columns, tf.reshape(padding, [-1, 1]));
    // Padding has no position; and a row that has ended is read on beside the others, past the last position.
    return tf.minimum(
      tf.maximum(counted, tf.scalar(0, 'int32')),
      tf.scalar(config.maxPositions - 1, 'int32'),
    );
  }

  /** Logits [B, V] and the best token of each row [B], of the stream [B, 1, D]. */
  function predicted(x: Tensor3D): Tensor[] {
    const all: Tensor2D = tf.reshape(logits(weights, x), [x.shape[0], config.vocabSize]);
    const sound = tf.cast(tf.all(tf.isFinite(all), 1), 'int32');
    const one = tf.scalar(1, 'int32');
    return [all, tf.sub(tf.mul(tf.add(tf.argMax(all, 1), one), sound), one)];
  }

  return {
    begin(rows, padding) {
      const width = rows[0]?.length ?? 0;
      const ids = tf.tensor2d(rows.flat(), [rows.length, width], 'int32');
      const starts = tf.tensor1d([...padding], 'int32');
      try {
        return asRead(begin(ids, starts), width);
      } finally {
        tf.dispose([ids, starts]);
      }
    },
    next(tokens, padding, { layers, columns }) {
      const ids = tf.tensor2d([...tokens], [tokens.length, 1], 'int32');
      const starts = tf.tensor1d([...padding], 'int32');
      const column = tf.scalar(columns, 'int32');
      try {
        return asRead(next(ids, starts, column, ...layers), columns + 1);
      } finally {
        tf.dispose([ids, starts, column, ...layers]);
      }
    },
    dispose() {
      begin.dispose();
      next.dispose();
    },
  };
}

/**
 * Computes the mask of columns that the columns being read do not see: later ones, and padding. Bool [B, 1, T, S].
 */
function hidden(columns: Tensor1D, reading: Tensor1D, padding: Tensor1D): Tensor {
  const later = tf.greater(columns, tf.reshape(reading, [-1, 1]));
  return tf.logicalOr(later, tf.less(columns, tf.reshape(padding, [-1, 1, 1, 1])));
}

function asRead(results: readonly Tensor[], columns: number): Read {
  const [logits, best, ...layers] = results;
  return {
    logits: logits as Tensor2D,
    best: best as Tensor1D,
    cache: { layers: layers as Tensor4D[], columns },
  };
}
