import type { Answered, AnswerToken, Piece } from './job.ts';

/** Format of answers, whole or as a stream of chunks; each answer is a choice of its number. */
export interface AnswerFormat {
  /** Begins the ids of answers. */
  prefix: string;
  /** Names of a whole answer and of a chunk. */
  object: string;
  chunkObject: string;
  choice(answer: Answered, index: number, withLogprobs: boolean): object;
  /** Returns what a stream begins an answer with, if anything. */
  opening?(index: number): object;
  piece(piece: Piece, index: number, withLogprobs: boolean): object;
  closing(finish: Answered['finish'], index: number): object;
}

/** `POST /v1/completions`. */
export const COMPLETION: AnswerFormat = {
  prefix: 'cmpl-',
  object: 'text_completion',
  chunkObject: 'text_completion',
  choice: ({ finish, ...piece }, index, withLogprobs) => ({
    ...COMPLETION.piece(piece, index, withLogprobs),
    finish_reason: finish,
  }),
  piece: ({ text, tokens }, index, withLogprobs) => ({
    index,
    text,
    logprobs: withLogprobs ? completionLogprobs(tokens) : null,
    finish_reason: null,
  }),
  closing: (finish, index) => ({ index, text: '', logprobs: null, finish_reason: finish }),
};

/** `POST /v1/chat/completions`. */
export const CHAT: AnswerFormat = {
  prefix: 'chatcmpl-',
  object: 'chat.completion',
  chunkObject: 'chat.completion.chunk',
  choice: ({ text, reasoning, tokens, finish }, index, withLogprobs) => ({
    index,
    message: { role: 'assistant', content: text, ...reasoningField(reasoning), refusal: null },
    logprobs: withLogprobs ? chatLogprobs(tokens) : null,
    finish_reason: finish,
  }),
  opening: index => ({
    index,
    delta: { role: 'assistant', content: '', refusal: null },
    logprobs: null,
    finish_reason: null,
  }),
  piece: ({ text, reasoning, tokens }, index, withLogprobs) => ({
    index,
    delta: { ...(text !== '' && { content: text }), ...reasoningField(reasoning) },
    logprobs: withLogprobs ? chatLogprobs(tokens) : null,
    finish_reason: null,
  }),
  closing: (finish, index) => ({ index, delta: {}, logprobs: null, finish_reason: finish }),
};

/** Returns reasoning in the field that vLLM, DeepSeek and others give it. */
function reasoningField(reasoning: string | undefined): { reasoning_content?: string } {
  return reasoning === undefined ? {} : { reasoning_content: reasoning };
}

function completionLogprobs(tokens: readonly AnswerToken[]): object {
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(likeliest),
    text_offset: tokens.map(({ offset }) => offset),
  };
}

/**
 * Maps the most likely tokens, and the token itself, to their log-probabilities by their texts. Tokens of one text,
 * such as bytes that are no character, count as the most likely of them; so the token's own number counts only where
 * no other has its text.
 */
function likeliest({ text, logprob, top }: AnswerToken): Record<string, number> | null {
  if (logprob === null || top.length === 0) return null;
  const falling = [...top].reverse().map(({ text, logprob }) => [text, logprob] as const);
  return Object.fromEntries([[text, logprob], ...falling]);
}

/** Lists the tokens of an answer; the one that ends it is left out, since it is no content. */
function chatLogprobs(tokens: readonly AnswerToken[]): object {
  const content = tokens
    .filter(({ ends }) => !ends)
    .map(({ top, ...token }) => ({ ...withBytes(token), top_logprobs: top.map(withBytes) }));
  return { content, refusal: null };
}

function withBytes({ text, logprob }: { text: string; logprob: number | null }): object {
  // Of a part of a character, the text does not give the bytes.
  return { token: text, logprob, bytes: text.includes('\uFFFD') ? null : [...Buffer.from(text)] };
}

/** Counts of tokens, as answers report them. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** Counts tokens; undefined where the model does not report them. Each prompt counts once, however many answers. */
export function usageOf(answers: readonly Answered[], n: number): Usage | undefined {
  let [prompts, completions] = [0, 0];
  for (const [index, { usage }] of answers.entries()) {
    if (usage.prompt === undefined || usage.completion === undefined) return undefined;
    if (index % n === 0) prompts += usage.prompt;
    completions += usage.completion;
  }
  return {
    prompt_tokens: prompts,
    completion_tokens: completions,
    total_tokens: prompts + completions,
  };
}
