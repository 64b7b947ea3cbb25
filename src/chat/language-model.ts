import type { Generation, Prompt } from '../schema.ts';
import type { OnProgress } from '../util/index.ts';

/** What a model is asked: an id to know the answer by, and the text. A {@link Prompt} is one. */
export type Question = Pick<Prompt, 'id' | 'text'>;

/** How to answer. */
export interface GenerateOptions {
  /** Most tokens of one answer; default 256. */
  maxTokens?: number | undefined;
  /** Divides the logits before sampling; default 0, the most likely token each time. */
  temperature?: number | undefined;
  /** Samples from the smallest set of tokens that holds this share of the probability; default 1, all of it. */
  topP?: number | undefined;
  /** Seed of the sampling; default 0. */
  seed?: number | undefined;
  /** An answer ends before the first of these texts. */
  stop?: readonly string[] | undefined;
  /** Whether the model's chat template wraps each prompt as a user's turn; default false, raw text. */
  chat?: boolean | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Told the prompts that are answered, of all. */
  onProgress?: OnProgress | undefined;
}

/** A model that answers prompts, wherever it runs. */
export interface LanguageModel {
  /** Stands in {@link Generation.model}. */
  readonly name: string;
  /**
   * Answers each prompt once, in the order in which answers are ready. An item that fails comes as a
   * generation with `text: null` and an `error`; the others go on. Leaving the loop stops the rest.
   *
   * @throws {RangeError} if an option is out of range.
   * @throws {Error} if no prompt at all can be answered, such as with a refused key or without a server.
   * @throws the signal's reason, once it is aborted.
   */
  generate(prompts: readonly Question[], options?: GenerateOptions): AsyncIterable<Generation>;
  /**
   * Log-likelihood of each continuation after the prompt, in nats, summed over its tokens. Raw text.
   *
   * @throws {Error} if a continuation cannot be scored; a missing score is never a number.
   */
  score?(
    prompt: string,
    continuations: readonly string[],
    options?: { signal?: AbortSignal | undefined },
  ): Promise<number[]>;
}
