import type { OnProgress } from '../runs/index.ts';
import type { ChatMessage, Generation, Prompt } from '../schema.ts';

/** What a model is asked: an id to know the answer by, and the text. A {@link Prompt} is one. */
export type Question = Pick<Prompt, 'id' | 'text'> & {
  /** With `chat`: what was said before, such as the system's words and earlier turns. */
  history?: readonly ChatMessage[] | undefined;
};

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

/** A text and how it may go on. Raw text. */
export interface Continuation {
  /** What the score is known by. */
  id: string;
  prompt: string;
  continuation: string;
  /**
   * Lets a server that does not echo score a continuation of one token by its list of the most likely next tokens:
   * the log-likelihood that counts where it is not listed, in nats. Default none: such a server cannot score.
   */
  missingLogprob?: number | undefined;
}

/** How a log-likelihood was told; see {@link Continuation.missingLogprob}. */
export type Scoring = 'sequence' | 'next-token';

/** How likely a model finds a {@link Continuation}. */
export interface Likelihood {
  /** The continuation's. */
  id: string;
  /** Log-likelihood after the prompt, in nats, summed over its tokens; null where it cannot be scored. */
  logprob: number | null;
  /** How many tokens that are; one that spans the border counts. */
  tokens?: number;
  /** Whether each of them is the most likely one in its place; undefined where a server does not tell. */
  greedy?: boolean;
  /** How it was told: `sequence`, token by token, or read off the list of the most likely next tokens. */
  scoring?: Scoring;
  /** Why there is no score. */
  error?: string;
  /** Seconds from asking to the score, as {@link Generation.latency}. */
  latency?: number;
  /** How many continuations were scored as one batch, where they were: the latency is then the batch's. */
  batch?: number;
}

/** How to score. */
export interface ScoreOptions {
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Told the continuations that are scored, of all. */
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
   * The text that `chat` makes of a prompt, where the model shows it.
   *
   * @throws {Error} if the model has no chat template.
   */
  chatText?(prompt: string): string;
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
  /**
   * Scores each continuation once, in the order in which scores are ready, those of many prompts side by side.
   * An item that fails comes with `logprob: null` and an `error`; the others go on. Leaving the loop stops the
   * rest.
   *
   * @throws {Error} if nothing at all can be scored, such as with a refused key or without a server.
   * @throws the signal's reason, once it is aborted.
   */
  scoreEach?(items: readonly Continuation[], options?: ScoreOptions): AsyncIterable<Likelihood>;
}
