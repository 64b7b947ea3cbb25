import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import type { Model } from '../model/index.ts';
import { runningSignal } from '../util/index.ts';
import { disposeCache, type KvCache, type Reader, reader, rowsOf } from './kv-cache.ts';
import { type LikelyToken, predictions, type TokenLikelihood } from './predictions.ts';

/** A sequence of which the end is scored. */
export interface ScoredSequence {
  /** The whole sequence. */
  ids: readonly number[];
  /** The first token that counts, at least 1: the first of a sequence has no probability. */
  from: number;
}

/** The end of a sequence. */
export interface SequenceLikelihoods {
  /** Each token that counts. */
  tokens: TokenLikelihood[];
  /** The most likely tokens behind the last, most likely first; empty unless asked for. */
  next: readonly LikelyToken[];
}

/** How to score. */
export interface TokenLikelihoodsOptions {
  /** Sequences read side by side; default 8. */
  batch?: number | undefined;
  /** How many of the most likely tokens to tell in each place; default 0. */
  top?: number | undefined;
  /** Whether to tell as many of those that may follow the last token; default not. */
  next?: boolean | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * How likely each token at the end of each sequence is after those before it. What all sequences of a batch
 * begin with is read once.
 *
 * @returns a row a sequence, in their order.
 * @throws {RangeError} if a sequence is longer than the model's context, counts from its first token, holds an
 *   unknown id, or is empty where `next` is asked for; or if an option is out of range.
 * @throws the signal's reason, once it is aborted.
 * @example
 * const [row] = await tokenLikelihoods(model, [{ ids: tokenizer.encode('The dog barks'), from: 1 }], { top: 5 })
 */
export async function tokenLikelihoods(
  model: Model,
  sequences: readonly ScoredSequence[],
  options: TokenLikelihoodsOptions = {},
): Promise<SequenceLikelihoods[]> {
  const { batch = 8, top = 0, next = false, signal = runningSignal() } = options;
  const { vocabulary } = model.config;
  requireInteger('batch', batch, 1, Infinity);
  requireInteger('top', top, 0, vocabulary);
  for (const [number, sequence] of sequences.entries()) requireSequence(model, sequence, next, number);
  const reading = reader(model, Math.max(1, ...sequences.map(({ ids }) => ids.length)));
  const found: SequenceLikelihoods[] = [];
  try {
    for (let start = 0; start < sequences.length; start += batch) {
      signal?.throwIfAborted();
      found.push(...(await readBatch(model, reading, sequences.slice(start, start + batch), top, next)));
      // An abort that waits in the event loop is heard between batches.
      await setImmediate();
    }
    return found;
  } finally {
    reading.dispose();
  }
}

function requireInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`Cannot score: ${name} must be an integer ${range}, found ${value}`);
}

function requireSequence(
  { config }: Model,
  { ids, from }: ScoredSequence,
  next: boolean,
  number: number,
): void {
  const fail = (required: string, found: unknown): never => {
    throw new RangeError(`Cannot score sequence ${number}: ${required}, found ${found}`);
  };
  const { context, vocabulary } = config;
  if (ids.length > context) fail(`at most ${context} tokens are allowed`, ids.length);
  if (next && ids.length === 0) fail('a token is required before the next', 'none');
  if (!(Number.isInteger(from) && from >= 1))
    fail('a token before those that count is required', `from ${from}`);
  const unknown = ids.find(id => !(Number.isInteger(id) && id >= 0 && id < vocabulary));
  if (unknown !== undefined) fail(`ids below ${vocabulary} are required`, unknown);
}

async function readBatch(
  model: Model,
  reading: Reader,
  sequences: readonly ScoredSequence[],
  top: number,
  next: boolean,
): Promise<SequenceLikelihoods[]> {
  // The last token predicts nothing that counts, unless what follows it is asked for.
  const rows = sequences.map(({ ids, from }) => {
    if (next) return ids;
    return from < ids.length ? ids.slice(0, -1) : [];
  });
  if (rows.every(({ length }) => length === 0)) return rows.map(() => ({ tokens: [], next: [] }));
  const { x, placeOf } = readRows(reading, rows);
  const asked = sequences.map(({ ids, from }, row) => {
    const tokens = ids.slice(from).map((id, index) => ({ id, place: placeOf(row, from + index - 1) }));
    // Behind the last token, any id brings those that are most likely there.
    return next ? [...tokens, { id: 0, place: placeOf(row, ids.length - 1) }] : tokens;
  });
  try {
    const found = await predictions(model, x, asked.flat(), top);
    return asked.map(({ length }) => {
      const tokens = found.splice(0, length);
      return { next: next ? (tokens.pop()?.top ?? []) : [], tokens };
    });
  } finally {
    x.dispose();
  }
}

/**
 * Reads rows side by side, what all begin with once.
 *
 * @returns the residual stream behind the last block, float32 [P, D], and where in it a column of a row stands.
 */
function readRows(
  reading: Reader,
  rows: readonly (readonly number[])[],
): { x: tf.Tensor2D; placeOf(row: number, column: number): number } {
  const counted = rows.filter(({ length }) => length > 0);
  const shared = sharedLength(counted);
  const rests = rows.map(ids => ids.slice(shared));
  const width = Math.max(...rests.map(({ length }) => length));
  const none = Array<number>(rows.length).fill(0);
  const streams: tf.Tensor3D[] = [];
  let past: KvCache | undefined;
  if (shared > 0) {
    const { x, cache } = reading.read([counted[0]?.slice(0, shared) ?? []], [0]);
    streams.push(x);
    past = rowsOf(cache, none);
  }
  if (width > 0) {
    // Padding stands behind, where no token sees it.
    const padded = rests.map(rest => [...rest, ...Array<number>(width - rest.length).fill(0)]);
    const { x, cache } = reading.read(padded, none, past);
    streams.push(x);
    disposeCache(cache);
  }
  if (past) disposeCache(past);
  const x = tf.tidy(() =>
    tf.concat(streams.map(stream => tf.reshape<tf.Rank.R2>(stream, [-1, stream.shape[2]]))),
  );
  tf.dispose(streams);
  const placeOf = (row: number, column: number) =>
    column < shared ? column : shared + row * width + column - shared;
  return { x, placeOf };
}

/** Of how many tokens all rows begin alike. */
function sharedLength(rows: readonly (readonly number[])[]): number {
  const [first = []] = rows;
  const differs = first.findIndex((id, at) => rows.some(ids => ids[at] !== id));
  return differs < 0 ? first.length : differs;
}
