import { setImmediate } from 'node:timers/promises';
import { contextLength, type Model } from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { type Random, seededRandom } from '../stats/index.ts';
import { ready } from './inference.ts';
import { likelihoodOf, type TokenLikelihood } from './likely-tokens.ts';
import { type RowBatch, rowBatch } from './row-batch.ts';
import { type SampleOptions, sample, sampleSettings } from './sample.ts';

/** Options of {@link generateTokens}. */
export interface GenerateTokensOptions extends SampleOptions {
  /** Most tokens of one answer; default 256, and never more than the model's context holds. */
  maxTokens?: number | undefined;
  /**
   * Seed of the sampling, or one for each prompt; default 0. An answer depends on its seed and its own prompt, not on
   * the others, except for the last digits of the logits.
   */
  seed?: number | readonly number[] | undefined;
  /** Tokens that end an answer, without being part of it. */
  stopTokens?: readonly number[] | undefined;
  /**
   * Reports whether an answer ends with its last token, asked after each; such as where its text holds a stop text.
   */
  stopAfter?: ((answer: readonly number[], prompt: number) => boolean) | undefined;
  /** Receives each token of an answer as it comes, the number of its prompt, and with `top` its likelihood. */
  onToken?: ((token: number, prompt: number, likelihood: TokenLikelihood | undefined) => void) | undefined;
  /** Reports the likelihood of each token, beside this many of the most likely ones; default not. */
  top?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/** The answer to one of the prompts. */
export interface GeneratedTokens {
  /** Number of the prompt among those given, from 0. */
  prompt: number;
  ids: number[];
  /** Reason for the end: the answer ended by itself, or had no room left. */
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
  draw: Random;
}

/**
 * Continues prompts of any lengths side by side, each token read once. Answers come as they are finished; leaving the
 * loop frees everything.
 *
 * @param model what {@link inference} made of one keeps its compiled steps for the next call.
 * @param prompts token ids, at least one a prompt, and fewer than the model's context holds.
 * @throws {RangeError} if an option is out of range, or a prompt is empty, too long, or holds an unknown id.
 * @throws the signal's reason, once it is aborted.
 * @example
 * // Given model, tokenizer.
 * const prompts = ['The dog', 'A cat'].map(text => tokenizer.encode(text))
 * for await (const { prompt, ids } of generateTokens(model, prompts, { maxTokens: 20 }))
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
  const { run, free } = ready(model);
  const context = contextLength(run.config);
  let batch: RowBatch | undefined;
  try {
    for (const [number, prompt] of prompts.entries()) requirePrompt(run, prompt, number);
    if (prompts.length === 0) return;
    signal?.throwIfAborted();
    const shortest = Math.min(...prompts.map(({ length }) => length));
    batch = rowBatch(run.decoding, prompts, Math.min(maxTokens, context - shortest));
    let rows = prompts.map(
      (ids, prompt): Row => ({
        prompt,
        ids: [...ids],
        answer: [],
        likelihoods: [],
        draw: seededRandom(`${typeof seed === 'number' ? seed : seed[prompt]}/${ids}`),
      }),
    );
    while (true) {
      const chosen = await choose(batch, rows, options);
      const finished = rows.map((row, number): GeneratedTokens['finish'] | undefined => {
        const { token, likelihood } = chosen[number] as Choice;
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
      if (left.length === 0) return;
      rows = left.map(number => rows[number] as Row);
      // An abort that waits in the event loop is heard between tokens.
      await setImmediate();
      signal?.throwIfAborted();
      batch.advance(
        left,
        rows.map(({ answer }) => answer.at(-1) as number),
      );
    }
  } finally {
    batch?.dispose();
    free();
  }
}

interface Choice {
  token: number;
  likelihood?: TokenLikelihood;
}

/** Chooses the next token of each row. The backend chooses it where the most likely one is all that is asked for. */
async function choose(
  batch: RowBatch,
  rows: readonly Row[],
  options: GenerateTokensOptions,
): Promise<Choice[]> {
  const { temperature, repetitionPenalty } = sampleSettings(options);
  const { top } = options;
  if (temperature === 0 && repetitionPenalty === 1 && top === undefined) {
    const best = await batch.best();
    if (best.every(token => token >= 0)) return best.map(token => ({ token }));
  }
  const logits = await batch.logits();
  return rows.map(({ ids, draw }, row) => {
    const scores = logits[row] as Float32Array;
    const token = sample(scores, ids, options, draw);
    return top === undefined ? { token } : { token, likelihood: likelihoodOf(scores, token, top) };
  });
}

function requirePrompt({ config }: Model, prompt: readonly number[], number: number): void {
  const fail = (required: string, found: string): never => {
    throw new RangeError(`Cannot generate from prompt ${number}: ${required}, found ${found}`);
  };
  const context = contextLength(config);
  if (prompt.length < 1 || prompt.length >= context)
    fail(`1 to ${context - 1} tokens are required in a context of ${context}`, `${prompt.length}`);
  const { vocabSize } = config;
  const unknown = prompt.find(id => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (unknown !== undefined) fail(`ids below ${vocabSize} are required`, `${unknown}`);
}
