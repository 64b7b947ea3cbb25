import { tf } from '../compute/index.ts';
import type { Decoding, Read } from './decoding.ts';
import { capacityOf, disposeCache, rowsOf, withCapacity } from './kv-cache.ts';
import { bucket } from './step-options.ts';

/** Rows that are read side by side, in shapes of which there are few. */
export interface RowBatch {
  /** Returns the most likely next token of each row; -1 where a logit is not finite. */
  best(): Promise<number[]>;
  /** Returns the logits of each row's next token, [V] each. */
  logits(): Promise<Float32Array[]>;
  /** Continues these of the rows, by one token each; the others are not asked for any more. */
  advance(rows: readonly number[], tokens: readonly number[]): void;
  dispose(): void;
}

/** Columns that a cache has room for at the least, unless fewer are needed. */
const ROOM = 256;

/**
 * Reads prompts side by side.
 *
 * @param most tokens that may follow a prompt.
 */
export function rowBatch(
  decoding: Decoding,
  prompts: readonly (readonly number[])[],
  most: number,
): RowBatch {
  const width = bucket(Math.max(...prompts.map(({ length }) => length)));
  let padding = prompts.map(({ length }) => width - length);
  /** Place of each row among those that are read. */
  let slots = [...prompts.keys()];
  /** Tokens of each row that is read, with its padding. */
  let filled = prompts.map((ids, row) => [...Array<number>(padding[row] ?? 0).fill(0), ...ids]);
  let read = decoding.begin(filled, padding);

  /** Doubles the cache when it is full: each capacity takes a step of its own. */
  function makeRoom({ cache }: Read): Read['cache'] {
    const capacity = capacityOf(cache);
    if (cache.columns < capacity) return cache;
    return withCapacity(cache, Math.min(bucket(width + most), bucket(Math.max(ROOM, 2 * capacity))));
  }

  /**
   * Drops rows that have ended, which are read on beside the others: a smaller batch takes a step of its own, which
   * pays once three quarters have ended.
   */
  function shrink(): void {
    const size = 2 ** Math.ceil(Math.log2(slots.length));
    if (4 * slots.length > padding.length) return;
    const kept = Array.from({ length: size }, (_, row) => slots[row] ?? (slots[0] as number));
    read = { ...read, cache: rowsOf(read.cache, kept) };
    padding = kept.map(row => padding[row] as number);
    filled = kept.map(row => filled[row] as number[]);
    slots = [...slots.keys()];
  }

  /** Reads one more token of each row: all tokens again where a row has just outgrown its rotary embedding. */
  function readNext(tokens: readonly number[]): Read {
    filled = filled.map((ids, row) => [...ids, tokens[row] as number]);
    const columns = read.cache.columns + 1;
    const { rereadBeyond = Number.NaN } = decoding;
    const outgrown = slots.some(slot => columns - (padding[slot] ?? 0) === rereadBeyond + 1);
    if (!outgrown) return decoding.next(tokens, padding, makeRoom(read));
    disposeCache(read.cache);
    return decoding.begin(filled, padding);
  }

  return {
    async best() {
      const tokens = await read.best.data();
      return slots.map(slot => tokens[slot] as number);
    },
    async logits() {
      const values = await read.logits.data<'float32'>();
      const size = read.logits.shape[1];
      return slots.map(slot => values.subarray(slot * size, (slot + 1) * size));
    },
    advance(rows, tokens) {
      tf.dispose([read.logits, read.best]);
      slots = rows.map(row => slots[row] as number);
      shrink();
      const next = Array<number>(padding.length).fill(0);
      for (const [row, slot] of slots.entries()) next[slot] = tokens[row] as number;
      read = readNext(next);
    },
    dispose() {
      tf.dispose([read.logits, read.best]);
      disposeCache(read.cache);
    },
  };
}
