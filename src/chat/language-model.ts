import type { OnProgress } from '../runs/index.ts';
import type { ChatMessage, FailureKind, Generation, Prompt } from '../schema.ts';
import type { Price } from './price.ts';

/** Question to a model: an id to know the answer by, and the text. A {@link Prompt} is one. */
export type Question = Pick<Prompt, 'id' | 'text'> & {
  /** With `chat`: earlier messages, such as the system's and previous turns. */
  history?: readonly ChatMessage[] | undefined;
  /** Index of the sample among those of this prompt, each drawn with a seed of its own; default 0. */
  sample?: number | undefined;
};

/** Options of {@link LanguageModel.generate}. */
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
  /** Wraps each prompt as a user's turn by the model's chat template; default false, raw text. */
  chat?: boolean | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of answered prompts, of all. */
  onProgress?: OnProgress | undefined;
}

/** A text and its continuation; with `chat`, a user's turn and the beginning of the assistant's. */
export interface Continuation {
  /** Id of the score. */
  id: string;
  prompt: string;
  continuation: string;
  /** Wraps the prompt as a user's turn by the model's chat template; default false, raw text. */
  chat?: boolean | undefined;
  /** With `chat`: earlier messages. */
  history?: readonly ChatMessage[] | undefined;
  /**
   * Lets a server that does not echo score a continuation of one token by its list of the most likely next tokens:
   * the log-likelihood that counts where it is not listed, in nats. Default none: such a server cannot score.
   */
  missingLogprob?: number | undefined;
}

/** Method of scoring; see {@link Continuation.missingLogprob}. */
export type Scoring = 'sequence' | 'next-token';

/** Log-likelihood of a {@link Continuation}. */
export interface Likelihood {
  /** The continuation's. */
  id: string;
  /** Log-likelihood after the prompt, in nats, summed over its tokens; null where it cannot be scored. */
  logprob: number | null;
  /** Number of its tokens; one that spans the border counts. */
  tokens?: number;
  /** True if each of them is the most likely one in its place; undefined where a server does not report it. */
  greedy?: boolean;
  /** Method of scoring: `sequence`, token by token, or read off the list of the most likely next tokens. */
  scoring?: Scoring;
  /** Reason why there is no score. */
  error?: string;
  /** Kind of the failure of the call. */
  kind?: FailureKind;
  /** Seconds from asking to the score, as {@link Generation.latency}. */
  latency?: number;
  /** Continuations that were scored as one batch, where they were: the latency is then the batch's. */
  batch?: number;
}

/** Options of {@link LanguageModel.scoreEach}. */
export interface ScoreOptions {
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of scored continuations, of all. */
  onProgress?: OnProgress | undefined;
}

/** A model that answers prompts, wherever it runs. */
export interface LanguageModel {
  /** Name in {@link Generation.model}. */
  readonly name: string;
  /**
   * Identity of what answers, by which outputs are kept: of a local model the hash of its weights and of how it reads
   * text, of a server its address and the model's name there. Two models with one identity give the same outputs.
   */
  readonly identity: string;
  /** True if another model may have the same identity tomorrow, as at a server: its outputs count in one run alone. */
  readonly remote?: boolean;
  /** Number of its weights, where it is known; runs record it. */
  readonly parameters?: number | undefined;
  /** Price of its tokens, where one was stated; runs record it. */
  readonly price?: Price | undefined;
  /**
   * Answers each prompt once, in the order in which answers are ready. An item that fails comes as a generation with
   * `text: null` and an `error`; the others are unaffected. Leaving the loop stops the rest.
   *
   * @throws {RangeError} if an option is out of range.
   * @throws {Error} if no prompt at all can be answered, such as with a refused key or without a server.
   * @throws the signal's reason, once it is aborted.
   */
  generate(prompts: readonly Question[], options?: GenerateOptions): AsyncIterable<Generation>;
  /**
   * Returns the text that `chat` makes of a prompt after earlier messages, where the model shows it.
   *
   * @throws {Error} if the model has no chat template.
   */
  chatText?(prompt: string, history?: readonly ChatMessage[]): string;
  /**
   * Scores each continuation after the prompt by its log-likelihood, in nats, summed over its tokens. Raw text.
   *
   * @throws {Error} if a continuation cannot be scored; a missing score is never a number.
   */
  score?(
    prompt: string,
    continuations: readonly string[],
    options?: { signal?: AbortSignal | undefined },
  ): Promise<number[]>;
  /**
   * Scores each continuation once, in the order in which scores are ready, those of many prompts side by side. An
   * item that fails comes with `logprob: null` and an `error`; the others are unaffected. Leaving the loop stops the
   * rest.
   *
   * @throws {Error} if nothing at all can be scored, such as with a refused key or without a server.
   * @throws the signal's reason, once it is aborted.
   */
  scoreEach?(items: readonly Continuation[], options?: ScoreOptions): AsyncIterable<Likelihood>;
}
