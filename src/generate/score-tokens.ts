import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { type Model, network } from '../model/index.ts';
import { runningSignal } from '../util/index.ts';
import { disposeCache, type KvCache, type Reader, reader, rowsOf } from './kv-cache.ts';

/** A sequence of which the end is scored. */
export interface ScoredSequence {
  /** The whole sequence. */
  ids: readonly number[];
  /** The first token that counts, at least 1: the first of a sequence has no probability. */
  from: number;
}

/** How to score. */
export interface ScoreTokensOptions {
  /** Sequences read side by side; default 8. */
  batch?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Log-likelihood of the end of each sequence after its beginning, summed over its tokens. What all sequences
 * of a batch begin with is read once.
 *
 * @returns nats, one number a sequence; 0 where no token counts.
 * @throws {RangeError} if a sequence is longer than the model's context, counts from its first token, or holds
 *   an unknown id.
 * @throws the signal's reason, once it is aborted.
 * @example
 * const question = tokenizer.encode('The capital of France is')
 * const ends = [' Paris', ' Rome'].map(text => tokenizer.encode(text))
 * await scoreTokens(model, ends.map(end => ({ ids: [...question, ...end], from: question.length })))
 */
export async function scoreTokens(
  model: Model,
  sequences: readonly ScoredSequence[],
  options: ScoreTokensOptions = {},
): Promise<number[]> {
  const { batch = 8, signal = runningSignal() } = options;
  if (!(Number.isInteger(batch) && batch >= 1))
    throw new RangeError(`Cannot score: batch must be an integer of at least 1, found ${batch}`);
  for (const [number, sequence] of sequences.entries()) requireSequence(model, sequence, number);
  const reading = reader(model, Math.max(1, ...sequences.map(({ ids }) => ids.length)));
  const scores: number[] = [];
  try {
    for (let start = 0; start < sequences.length; start += batch) {
      signal?.throwIfAborted();
      scores.push(...(await scoreBatch(model, reading, sequences.slice(start, start + batch))));
      // An abort that waits in the event loop is heard between batches.
      await setImmediate();
    }
    return scores;
  } finally {
    reading.dispose();
  }
}

function requireSequence({ config }: Model, { ids, from }: ScoredSequence, number: number): void {
  const fail = (required: string, found: unknown): never => {
    throw new RangeError(`Cannot score sequence ${number}: ${required}, found ${found}`);
  };
  const { context, vocabulary } = config;
  if (ids.length > context) fail(`at most ${context} tokens are allowed`, ids.length);
  if (!(Number.isInteger(from) && from >= 1))
    fail('a token before those that count is required', `from ${from}`);
  const unknown = ids.find(id => !(Number.isInteger(id) && id >= 0 && id < vocabulary));
  if (unknown !== undefined) fail(`ids below ${vocabulary} are required`, unknown);
}

async function scoreBatch(
  model: Model,
  reading: Reader,
  sequences: readonly ScoredSequence[],
): Promise<number[]> {
  const counted = sequences.some(({ ids, from }) => from < ids.length);
  if (!counted) return sequences.map(() => 0);
  // The token before the first that counts is read by each row: its logits are needed.
  const shared = Math.min(sharedLength(sequences), ...sequences.map(({ from }) => from - 1));
  let past: KvCache | undefined;
  if (shared > 0) {
    const { x, cache } = reading.read([sequences[0]?.ids.slice(0, shared) ?? []], [0]);
    x.dispose();
    past = rowsOf(cache, Array<number>(sequences.length).fill(0));
  }
  // The last token of a sequence predicts nothing that counts. Padding stands behind, where no token sees it.
  const rests = sequences.map(({ ids }) => ids.slice(shared, -1));
  const width = Math.max(...rests.map(({ length }) => length));
  const rows = rests.map(rest => [...rest, ...Array<number>(width - rest.length).fill(0)]);
  const { x, cache } = reading.read(rows, Array<number>(rows.length).fill(0), past);
  disposeCache(cache);
  if (past) disposeCache(past);
  const likelihoods = await nextLogLikelihoods(model, x, sequences, shared);
  return sequences.map(({ ids, from }, row) => {
    let sum = 0;
    for (let at = from; at < ids.length; at++) sum += likelihoods[row * width + at - 1 - shared] as number;
    return sum;
  });
}

/** Of how many tokens all sequences begin alike. */
function sharedLength(sequences: readonly ScoredSequence[]): number {
  const first = sequences[0]?.ids ?? [];
  const differs = first.findIndex((id, at) => sequences.some(({ ids }) => ids[at] !== id));
  return differs < 0 ? first.length : differs;
}

/** Log-likelihood of the next token at each position, [B · T]; the stream is freed. */
async function nextLogLikelihoods(
  { config, weights }: Model,
  x: tf.Tensor3D,
  sequences: readonly ScoredSequence[],
  shared: number,
): Promise<Float32Array> {
  const [batch, width] = x.shape;
  const likelihoods = tf.tidy(() => {
    const targets = sequences.flatMap(({ ids }) =>
      Array.from({ length: width }, (_, column) => ids[shared + column + 1] ?? 0),
    );
    const logits = tf.reshape(network(config).logits(weights, x), [batch * width, config.vocabulary]);
    const picked = tf.gather(logits, tf.tensor2d(targets, [batch * width, 1], 'int32'), 1, 1);
    return tf.sub(tf.reshape(picked, [batch * width]), tf.logSumExp(logits, 1));
  });
  x.dispose();
  const values = (await likelihoods.data()) as Float32Array;
  likelihoods.dispose();
  return values;
}
