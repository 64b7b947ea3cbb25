import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { type Model, network } from '../model/index.ts';
import { random } from '../stats/index.ts';
import { runningSignal } from '../util/index.ts';
import { disposeCache, type KvCache, reader, rowsOf } from './kv-cache.ts';
import { likelihoodOf, type TokenLikelihood } from './predictions.ts';
import { type SampleOptions, sample, sampleSettings } from './sample.ts';

/** How to go on from prompts. */
export interface GenerateTokensOptions extends SampleOptions {
  /** Most tokens of one answer; default 256, and never more than the model's context holds. */
  maxTokens?: number | undefined;
  /**
   * Seed of the sampling, or one for each prompt; default 0. An answer depends on its seed and its own prompt,
   * not on the others, but for the last digits of the logits.
   */
  seed?: number | readonly number[] | undefined;
  /** Tokens that end an answer, without being part of it. */
  stopTokens?: readonly number[] | undefined;
  /** Whether an answer ends with its last token, asked after each; such as where its text holds a stop text. */
  stopAfter?: ((answer: readonly number[], prompt: number) => boolean) | undefined;
  /** Told each token of an answer as it comes, the number of its prompt, and with `top` how likely it was. */
  onToken?: ((token: number, prompt: number, likelihood: TokenLikelihood | undefined) => void) | undefined;
  /** Tells how likely each token was, beside this many of the most likely ones; default not. */
  top?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/** The answer to one of the prompts. */
export interface GeneratedTokens {
  /** Number of the prompt among those given, from 0. */
  prompt: number;
  ids: number[];
  /** Whether the answer ended by itself, or had no room left. */
  finish: 'stop' | 'length';
  /** With `top`: how likely each token was, and behind them the stop token that ended the answer, if one did. */
  likelihoods?: TokenLikelihood[];
}

/** A prompt that is being answered. */
interface Row {
  prompt: number;
  /** The prompt's tokens and those of the answer. */
  ids: number[];
  answer: number[];
  likelihoods: TokenLikelihood[];
  draw: ReturnType<typeof random>;
}

/**
 * Goes on from prompts of any lengths side by side, each token read once. Answers come as they are finished;
 * leaving the loop frees everything.
 *
 * @param prompts token ids, at least one a prompt, and fewer than the model's context holds.
 * @throws {RangeError} if an option is out of range, or a prompt is empty, too long, or holds an unknown id.
 * @throws the signal's reason, once it is aborted.
 * @example
 * for await (const { prompt, ids } of generateTokens(model, [[464, 3290], [1858]], { maxTokens: 20 }))
 *   console.log(prompt, tokenizer.decode(ids))
 */
export async function* generateTokens(
  model: Model,
  prompts: readonly (readonly number[])[],
  options: GenerateTokensOptions = {},
): AsyncGenerator<GeneratedTokens, void, undefined> {
  const {
    maxTokens = 256,
    seed = 0,
    stopTokens = [],
    stopAfter,
    onToken,
    top,
    signal = runningSignal(),
  } = options;
  sampleSettings(options);
  if (!(Number.isInteger(maxTokens) && maxTokens >= 1))
    throw new RangeError(`Cannot generate: maxTokens must be an integer of at least 1, found ${maxTokens}`);
  if (top !== undefined && !(Number.isInteger(top) && top >= 0))
    throw new RangeError(`Cannot generate: top must be an integer of at least 0, found ${top}`);
  if (typeof seed !== 'number' && seed.length !== prompts.length)
    throw new RangeError(
      `Cannot generate: a seed a prompt is required, ${prompts.length}, found ${seed.length}`,
    );
  for (const [number, prompt] of prompts.entries()) requirePrompt(model, prompt, number);
  if (prompts.length === 0) return;
  const { context } = model.config;
  const longest = Math.max(...prompts.map(({ length }) => length));
  let padding = prompts.map(({ length }) => longest - length);
  let rows = prompts.map(
    (ids, prompt): Row => ({
      prompt,
      ids: [...ids],
      answer: [],
      likelihoods: [],
      draw: random(`${typeof seed === 'number' ? seed : seed[prompt]}/${ids}`),
    }),
  );
  let next = prompts.map((ids, row) => [...Array<number>(padding[row] ?? 0).fill(0), ...ids]);
  let cache: KvCache | undefined;
  const reading = reader(model, Math.min(context, longest + maxTokens));
  try {
    while (rows.length > 0) {
      signal?.throwIfAborted();
      const read = reading.read(next, padding, cache);
      if (cache) disposeCache(cache);
      cache = read.cache;
      const logits = await lastLogits(model, read.x);
      const finished = rows.map((row, number): GeneratedTokens['finish'] | undefined => {
        const scores = logits[number] ?? new Float32Array();
        const token = sample(scores, row.ids, options, row.draw);
        const likelihood = top === undefined ? undefined : likelihoodOf(scores, token, top);
        if (likelihood) row.likelihoods.push(likelihood);
        if (stopTokens.includes(token)) return 'stop';
        row.ids.push(token);
        row.answer.push(token);
        onToken?.(token, row.prompt, likelihood);
        if (stopAfter?.(row.answer, row.prompt)) return 'stop';
        return row.answer.length === maxTokens || row.ids.length === context ? 'length' : undefined;
      });
      for (const [number, { prompt, answer, likelihoods }] of rows.entries()) {
        const finish = finished[number];
        if (finish) yield { prompt, ids: answer, finish, ...(top === undefined ? {} : { likelihoods }) };
      }
      const left = [...rows.keys()].filter(number => finished[number] === undefined);
      if (left.length > 0 && left.length < rows.length) {
        cache = rowsOf(cache, left);
        padding = left.map(number => padding[number] ?? 0);
      }
      rows = rows.filter((_, number) => finished[number] === undefined);
      next = rows.map(({ ids }) => ids.slice(-1));
      // An abort that waits in the event loop is heard between tokens.
      await setImmediate();
    }
  } finally {
    if (cache) disposeCache(cache);
    reading.dispose();
  }
}

function requirePrompt({ config }: Model, prompt: readonly number[], number: number): void {
  const fail = (required: string, found: string): never => {
    throw new RangeError(`Cannot generate from prompt ${number}: ${required}, found ${found}`);
  };
  const { context, vocabulary } = config;
  if (prompt.length < 1 || prompt.length >= context)
    fail(`1 to ${context - 1} tokens are required in a context of ${context}`, `${prompt.length}`);
  const unknown = prompt.find(id => !(Number.isInteger(id) && id >= 0 && id < vocabulary));
  if (unknown !== undefined) fail(`ids below ${vocabulary} are required`, `${unknown}`);
}

/** The logits of each row's last column, [V] each; the stream is freed. */
async function lastLogits({ config, weights }: Model, x: tf.Tensor3D): Promise<Float32Array[]> {
  const [batch, length, width] = x.shape;
  const logits = tf.tidy(() =>
    network(config).logits(weights, tf.slice(x, [0, length - 1, 0], [batch, 1, width])),
  );
  x.dispose();
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return Array.from({ length: batch }, (_, row) =>
    values.subarray(row * config.vocabulary, (row + 1) * config.vocabulary),
  );
}
