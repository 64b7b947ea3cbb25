import { type Completion, callBody, type ServerCall } from './completion.ts';

/** Number of next tokens that a server is asked for: the most that OpenAI's completions report. */
const NEXT_TOKENS = 5;

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
  const { top_logprobs: tops, content } = completion.choices[0].logprobs ?? {};
  const listed = content?.[0]?.top_logprobs?.map(({ token, logprob }) => [token, logprob] as const);
  const tokens = listed ?? Object.entries(tops?.[0] ?? {});
  // Some servers report tokens as their vocabularies spell them, with a sign for the space.
  const reported = new Map(tokens.map(([token, logprob]) => [token.replace(/^[▁Ġ]/, ' '), logprob]));
  if (reported.size === 0)
    throw new Error(
      'Cannot score: a server that echoes a text with the log-probabilities of its tokens is required, or one that reports those of the most likely next tokens; this one sent neither',
    );
  return reported.get(continuation) ?? missingLogprob;
}
