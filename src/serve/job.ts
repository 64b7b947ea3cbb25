import type { ChatMessage } from '../schema.ts';

/** Text to be continued: raw text, tokens, or a conversation that ends with a user's turn. */
export type ServedPrompt =
  | { readonly text: string }
  | { readonly ids: readonly number[] }
  | { readonly messages: readonly ChatMessage[] };

/** Settings of a request's answers. */
export interface AnswerSettings {
  /** Most tokens of the answer; default as many as the model's context holds. */
  maxTokens: number | undefined;
  temperature: number;
  topP: number;
  /** Samples from this many of the most likely tokens; Infinity for all. */
  topK: number;
  repetitionPenalty: number;
  stop: readonly string[];
  /** Begins the answer with the prompt. */
  echo: boolean;
  /** Number of the most likely tokens to report in each place; undefined reports no likelihoods at all. */
  logprobs: number | undefined;
}

/** One answer to be given. */
export interface Job extends AnswerSettings {
  prompt: ServedPrompt;
  seed: number;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Receives the answer piece by piece as it comes. */
  onPiece?: ((piece: Piece) => void) | undefined;
}

/** A token of a text, and how likely it was. */
export interface AnswerToken {
  /** The token by itself; U+FFFD replaces bytes that are no character without its neighbours. */
  text: string;
  /** Its offset in the text that is returned, in code points. */
  offset: number;
  /** In nats; null for the first token of a sequence, which has no probability. */
  logprob: number | null;
  /** The most likely tokens in its place, most likely first. */
  top: readonly { text: string; logprob: number }[];
  /** True if it ended the answer, and is no part of the text. */
  ends?: true;
}

/** A part of an answer's text, and its tokens where likelihoods are reported. */
export interface Piece {
  text: string;
  /** Reasoning of an answer to a chat; it is no part of the text. */
  reasoning?: string;
  tokens: readonly AnswerToken[];
}

/** A whole answer. */
export interface Answered extends Piece {
  finish: 'stop' | 'length';
  /** Tokens of the prompt, undefined where they are not known, and of the answer. */
  usage: { prompt: number | undefined; completion: number | undefined };
}

/** Source of answers. `Prepared` is a job made ready to be run. */
export interface Engine<Prepared = unknown> {
  /** The model's name. */
  readonly name: string;
  /** Most jobs that are answered side by side in one run. */
  readonly batch: number;
  /** Number of runs at a time. */
  readonly runs: number;
  /** @throws {ApiError} naming the field that the model cannot do. */
  prepare(job: Job): Prepared;
  /** Jobs with the same key can be run together. */
  keyOf(prepared: Prepared): string;
  /** Answers jobs side by side; each answer comes with the number of its job as soon as it is whole. */
  run(prepared: readonly Prepared[]): AsyncIterable<{ job: number; answer: Answered }>;
}
