import { type Completion, callBody, type ServerCall } from './completion.ts';

/** Makes the call that has a server repeat a text with the log-probability of each of its tokens. */
export function echoCall(model: string, text: string, extra: Readonly<Record<string, unknown>>): ServerCall {
  // Some servers refuse to generate nothing; the token that comes after the text is not counted.
  const body = { model, prompt: text, max_tokens: 1, temperature: 0, logprobs: 1, echo: true };
  return { path: '/completions', body: callBody(body, extra) };
}

/** A server did not repeat the text with the log-probabilities of its tokens. */
export class NotEchoed extends Error {}

/**
 * Computes the log-likelihood of the continuation in an echoed text. A token that spans the border counts.
 *
 * @throws {NotEchoed} if the server sent no log-probabilities of the echoed text.
 * @throws {Error} if the continuation begins with the text's first token, which has none.
 */
export function echoScore(
  completion: Completion,
  prompt: string,
  continuation: string,
): { logprob: number; tokens: number; greedy?: boolean } {
  const { logprobs } = completion.choices[0];
  const { token_logprobs: scores, text_offset: starts, top_logprobs: tops } = logprobs ?? {};
  const border = codePoints(prompt);
  const end = border + codePoints(continuation);
  // A server that ignores `echo` reports its own answer alone, which is one token.
  const whole = scores && starts && scores.length === starts.length && scores.length > 1;
  if (!whole || (starts[0] ?? Infinity) > border)
    throw new NotEchoed(
      'Cannot score: a server that echoes a text with the log-probabilities of its tokens is required, this one sent none',
    );
  const first = starts.findIndex((_, index) => (starts[index + 1] ?? Infinity) > border);
  const counted = [...starts.keys()].filter(index => index >= first && (starts[index] ?? end) < end);
  const likelihoods = counted.map(index => {
    const score = scores[index];
    if (typeof score === 'number') return { score, best: Math.max(...Object.values(tops?.[index] ?? {})) };
    throw new Error(
      'Cannot score: a prompt of at least one token is required, since the first token of a text has no probability',
    );
  });
  const logprob = likelihoods.reduce((sum, { score }) => sum + score, 0);
  const reportsBest = likelihoods.every(({ best }) => best > -Infinity);
  const greedy = likelihoods.every(({ score, best }) => score >= best);
  return { logprob, tokens: counted.length, ...(reportsBest ? { greedy } : {}) };
}

/** Counts a text's length as Python does, which is how servers give offsets. */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
