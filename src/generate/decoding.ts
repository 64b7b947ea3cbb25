import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { compile, tf, writeRows } from '../compute/index.ts';
import { contextLength, type Model, network } from '../model/index.ts';
import type { KvCache } from './kv-cache.ts';
import { STEP_OPTIONS } from './step-options.ts';
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
  /** Length of a row beyond which all its tokens are to be read again; undefined if none ever are. */
  readonly rereadBeyond: number | undefined;
  dispose(): void;
}

/** Logits, best tokens, and keys and values of each layer in turn. */
type ReadTensors = [logits: Tensor2D, best: Tensor1D, ...layers: Tensor4D[]];

export function decoding({ config, weights }: Model, stream: Stream): Decoding {
  const { logits } = network(config);
  const most = contextLength(config);

  const begin = compile(
    (ids: Tensor2D, padding: Tensor1D, ...tables: Tensor[]): ReadTensors => {
      const [batch, width] = ids.shape;
      const columns = tf.range(0, width, 1, 'int32');
      const positions = positionsAt(columns, padding);
      const lengths = lengthsAt(tf.scalar(width, 'int32'), padding);
      const masked = maskedAt(columns, columns, padding);
      const layers: Tensor4D[] = [];
      const hiddenStates = stream.read(ids, { positions, lengths, masked }, tables, (_, now) => {
        layers.push(now.k, now.v);
        return now;
      });
      const last = tf.slice(hiddenStates, [0, width - 1, 0], [batch, 1, hiddenStates.shape[2]]);
      return [...predicted(last), ...layers];
    },
    { name: 'that reads prompts', ...STEP_OPTIONS },
  );

  const next = compile(
    (ids: Tensor2D, padding: Tensor1D, column: Scalar, ...rest: Tensor[]): ReadTensors => {
      const before = rest.slice(0, 2 * config.layers) as Tensor4D[];
      const tables = rest.slice(2 * config.layers);
      const [batch, heads, capacity, headDim] = tensorAt(before, 0).shape;
      const firsts: Tensor1D = tf.range(0, batch * heads * capacity, capacity, 'int32');
      const rows: Tensor1D = tf.add(firsts, column);
      const layers: Tensor4D[] = [];
      const write = (cached: Tensor4D, now: Tensor4D): Tensor4D => {
        const flat: Tensor2D = tf.reshape(cached, [batch * heads * capacity, headDim]);
        const written = writeRows(flat, rows, tf.reshape(now, [batch * heads, headDim]));
        const whole: Tensor4D = tf.reshape(written, [batch, heads, capacity, headDim]);
        layers.push(whole);
        return whole;
      };
      const reading: Tensor1D = tf.reshape(column, [1]);
      const columns = tf.range(0, capacity, 1, 'int32');
      const attended = {
        positions: positionsAt(reading, padding),
        lengths: lengthsAt(tf.add(column, tf.scalar(1, 'int32')), padding),
        keyPositions: positionsAt(columns, padding),
        masked: maskedAt(columns, reading, padding),
      };
      const hiddenStates = stream.read(ids, attended, tables, (layer, now) => ({
        k: write(tensorAt(before, 2 * layer), now.k),
        v: write(tensorAt(before, 2 * layer + 1), now.v),
      }));
      return [...predicted(hiddenStates), ...layers];
    },
    { name: 'that reads a token', ...STEP_OPTIONS },
  );

  /** Computes the positions of the tokens of these columns in each row, int32 [B, T]. */
  function positionsAt(columns: Tensor1D, padding: Tensor1D): Tensor2D {
    const counted: Tensor2D = tf.sub(columns, tf.reshape(padding, [-1, 1]));
    // Padding has no position; and a row that has ended is read on beside the others, past the last position.
    return tf.minimum(tf.maximum(counted, tf.scalar(0, 'int32')), tf.scalar(most - 1, 'int32'));
  }

  /** Computes the length of each row's sequence when so many columns were read, int32 [B, 1]. */
  function lengthsAt(columns: Scalar, padding: Tensor1D): Tensor2D {
    return tf.sub(columns, tf.reshape(padding, [-1, 1]));
  }

  /** Computes the logits [B, V] and the best token of each row [B], of hidden states [B, 1, C]. */
  function predicted(hiddenStates: Tensor3D): [Tensor2D, Tensor1D] {
    const all: Tensor2D = tf.reshape(logits(weights, hiddenStates), [
      hiddenStates.shape[0],
      config.vocabSize,
    ]);
    const finite = tf.cast(tf.all(tf.isFinite(all), 1), 'int32');
    const one = tf.scalar(1, 'int32');
    const best: Tensor1D = tf.sub(tf.mul(tf.add(tf.argMax(all, 1), one), finite), one);
    return [all, best];
  }

  return {
    rereadBeyond: stream.rereadBeyond,
    begin(rows, padding) {
      const width = rows[0]?.length ?? 0;
      const ids = tf.tensor2d(rows.flat(), [rows.length, width], 'int32');
      const starts = tf.tensor1d([...padding], 'int32');
      const tables = stream.tables(width);
      try {
        return asRead(begin(ids, starts, ...tables), width);
      } finally {
        tf.dispose([ids, starts]);
      }
    },
    next(tokens, padding, { layers, columns }) {
      const ids = tf.tensor2d([...tokens], [tokens.length, 1], 'int32');
      const starts = tf.tensor1d([...padding], 'int32');
      const column = tf.scalar(columns, 'int32');
      const capacity = layers[0]?.shape[2] ?? 0;
      const tables = stream.tables(capacity);
      try {
        return asRead(next(ids, starts, column, ...layers, ...tables), columns + 1);
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
 * Finds the columns that the columns being read do not attend to: later ones, and padding. Bool [B, 1, T, S].
 */
function maskedAt(columns: Tensor1D, reading: Tensor1D, padding: Tensor1D): Tensor {
  const later = tf.greater(columns, tf.reshape(reading, [-1, 1]));
  return tf.logicalOr(later, tf.less(columns, tf.reshape(padding, [-1, 1, 1, 1])));
}

function tensorAt(layers: readonly Tensor4D[], index: number): Tensor4D {
  const tensor = layers[index];
  if (tensor) return tensor;
  throw new RangeError(`The KV cache must have tensor ${index} of its layers, got ${layers.length} tensors`);
}

function asRead([logits, best, ...layers]: ReadTensors, columns: number): Read {
  return { logits, best, cache: { layers, columns } };
}
