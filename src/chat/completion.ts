import { readAnswer } from '../conversation/index.ts';
import type { ChatMessage } from '../schema.ts';
import type { Answer } from './answer-each.ts';
import { type GenerationSettings, sampleSeed } from './generation-settings.ts';
import type { Question } from './language-model.ts';

/** Call of a server: the path under its address, and the JSON. */
export interface ServerCall {
  path: '/chat/completions' | '/completions';
  body: Record<string, unknown>;
}

/** Tokens that a call was charged for. */
export interface TokenUsage {
  input: number;
  output: number;
}

/** The part of a server's answer that is read; the rest is kept in the record of the call. */
export interface Completion {
  model?: string;
  choices: [CompletionChoice, ...CompletionChoice[]];
  usage?: {
    prompt_tokens?: number;
    completion_tokens?: number;
    completion_tokens_details?: { reasoning_tokens?: number } | null;
  } | null;
}

export interface CompletionChoice {
  text?: string | null;
  message?: Record<string, unknown> | null;
  finish_reason?: string | null;
  logprobs?: TokenLogprobs | null;
}

/** Log-probabilities of tokens, those of an echoed text among them, and where each begins, in code points. */
export interface TokenLogprobs {
  token_logprobs?: (number | null)[];
  /** The most likely tokens in each place, and their log-probabilities. */
  top_logprobs?: (Record<string, number> | null)[] | null;
  text_offset?: number[];
  /** The same in the form of chat completions, which some servers send for plain ones too. */
  content?: { top_logprobs?: { token: string; logprob: number }[] }[] | null;
}

/**
 * Makes the call that asks for an answer to one prompt.
 *
 * @param extra further fields of the body, which come last: null takes a field away.
 */
export function completionCall(
  model: string,
  question: Omit<Question, 'id'>,
  { maxTokens, temperature, topP, seed, stop, chat }: GenerationSettings,
  extra: Readonly<Record<string, unknown>>,
): ServerCall {
  const body = {
    model,
    ...(chat ? { messages: messagesOf(question) } : { prompt: question.text }),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    seed: sampleSeed(seed, question),
    ...(stop.length > 0 ? { stop } : {}),
  };
  return { path: chat ? '/chat/completions' : '/completions', body: callBody(body, extra) };
}

/** Returns the messages of a question in a chat: of earlier ones, role and content alone; servers refuse other fields. */
export function messagesOf({
  text,
  history = [],
}: Pick<Question, 'text' | 'history'>): Pick<ChatMessage, 'role' | 'content'>[] {
  return [...history.map(({ role, content }) => ({ role, content })), { role: 'user', content: text }];
}

/** Joins the fields of a body and further ones, which come last: null takes a field away. */
export function callBody(
  body: Readonly<Record<string, unknown>>,
  extra: Readonly<Record<string, unknown>>,
): ServerCall['body'] {
  return Object.fromEntries(Object.entries({ ...body, ...extra }).filter(([, value]) => value !== null));
}

/** Reports whether a server's answer is a completion at all; gateways send errors with status 200. */
export function isCompletion(value: unknown): value is Completion {
  const { choices } = (value ?? {}) as { choices?: unknown };
  return Array.isArray(choices) && typeof choices[0] === 'object' && choices[0] !== null;
}

/** Reads the answer of a completion, or why it is none, as {@link readAnswer} does. */
export function answerOf({ choices: [choice], usage }: Completion): Answer {
  const { text, message, finish_reason: finish } = choice;
  const { completion_tokens: tokens, completion_tokens_details: details } = usage ?? {};
  return {
    ...readAnswer(message ?? text, { finish, reasoned: (details?.reasoning_tokens ?? 0) > 0 }),
    ...(typeof tokens === 'number' ? { tokens } : {}),
  };
}

/** Returns the usage that the call was charged for; undefined where the server does not report it. */
export function usageOf({ usage }: Completion): TokenUsage | undefined {
  const { prompt_tokens: input, completion_tokens: output = 0 } = usage ?? {};
  return typeof input === 'number' ? { input, output } : undefined;
}

/** Tokens that a call without a limit can be charged for: more than any budget holds. */
const UNLIMITED = 1e12;

/**
 * Returns the most that a call can be charged for: a token of a prompt is at least one byte of it, and a chat
 * template adds a few.
 */
export function largestUsage({ body }: ServerCall): TokenUsage {
  const { prompt, messages, max_tokens, max_completion_tokens } = body;
  const output = Number(max_completion_tokens ?? max_tokens ?? UNLIMITED);
  return { input: Buffer.byteLength(JSON.stringify(prompt ?? messages)), output };
}
