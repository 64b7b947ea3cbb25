import { type Completion, callBody, messagesOf, type ServerCall } from './completion.ts';
import type { Question } from './language-model.ts';

/** Number of next tokens that a server is asked for: the most that OpenAI's completions report. */
const NEXT_TOKENS = 5;

/** Number of first tokens of an answer that a server is asked for: the most that OpenAI's chat completions report. */
const FIRST_TOKENS = 20;

/** Makes the call that has a server report the most likely first tokens of an answer. */
export function firstTokenCall(
  model: string,
  question: Pick<Question, 'text' | 'history'>,
  extra: Readonly<Record<string, unknown>>,
): ServerCall {
  const body = {
    model,
    messages: messagesOf(question),
    max_tokens: 1,
    temperature: 0,
    logprobs: true,
    top_logprobs: FIRST_TOKENS,
  };
  return { path: '/chat/completions', body: callBody(body, extra) };
}

/**
 * Computes the log-likelihood that an answer begins with a token, read off the most likely first tokens. White space
 * before it does not matter at the beginning of a turn, so that tokens that differ in it alone count together.
 *
 * @param missingLogprob what counts where it is not among them.
 * @throws {Error} if the server reported none.
 */
export function firstTokenScore(completion: Completion, token: string, missingLogprob: number): number {
  const wanted = token.trimStart();
  const found = reportedTokens(completion).filter(([reported]) => reported.trimStart() === wanted);
  if (found.length === 0) return missingLogprob;
  return Math.log(found.reduce((sum, [, logprob]) => sum + Math.exp(logprob), 0));
}

/** Makes the call that has a server report the most likely tokens after a text. */
export function nextTokenCall(
  model: string,
  prompt: string,
  extra: Readonly<Record<string, unknown>>,
): ServerCall {
  const body = { model, prompt, max_tokens: 1, temperature: 0, logprobs: NEXT_TOKENS };
  return { path: '/completions', body: callBody(body, extra) };
}

/**
 * Computes the log-likelihood of a continuation of one token, read off the most likely next tokens.
 *
 * @param missingLogprob what counts where it is not among them.
 * @throws {Error} if the server reported none.
 * @see Hendrycks et al. 2021, whose reference scores GPT-3's answers to MMLU so
 */
export function nextTokenScore(completion: Completion, continuation: string, missingLogprob: number): number {
  return new Map(reportedTokens(completion)).get(continuation) ?? missingLogprob;
}

/** Returns the most likely next tokens with their log-probabilities. @throws {Error} if the server reported none. */
function reportedTokens(completion: Completion): (readonly [token: string, logprob: number])[] {
  const { top_logprobs: tops, content } = completion.choices[0].logprobs ?? {};
  const listed = content?.[0]?.top_logprobs?.map(({ token, logprob }) => [token, logprob] as const);
  const tokens = listed ?? Object.entries(tops?.[0] ?? {});
  if (tokens.length === 0)
    throw new Error(
      'Cannot score: a server that echoes a text with the log-probabilities of its tokens is required, or one that reports those of the most likely next tokens; this one sent neither',
    );
  // Some servers report tokens as their vocabularies spell them, with a sign for the space.
  return tokens.map(([token, logprob]) => [token.replace(/^[▁Ġ]/, ' '), logprob] as const);
}
