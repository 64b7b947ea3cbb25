import type { Call, Completion } from './completion.ts';

/** The call that has a server repeat a text with the log-probability of each of its tokens. */
export function echoCall(model: string, text: string, extra: Readonly<Record<string, unknown>>): Call {
  // Some servers refuse to generate nothing; the token that comes after the text is not counted.
  const body = { model, prompt: text, max_tokens: 1, temperature: 0, logprobs: 1, echo: true, ...extra };
  const fields = Object.entries(body).filter(([, value]) => value !== null);
  return { path: '/completions', body: Object.fromEntries(fields) };
}

/**
 * Log-likelihood of the continuation in an echoed text, in nats. A token that spans the border counts.
 *
 * @throws {Error} if the server sent no log-probabilities of the echoed text, or the continuation begins
 *   with the text's first token, which has none.
 */
export function echoScore(completion: Completion, prompt: string, continuation: string): number {
  const { token_logprobs: scores, text_offset: starts } = completion.choices[0].logprobs ?? {};
  const border = codePoints(prompt);
  const end = border + codePoints(continuation);
  if (!scores || !starts || scores.length !== starts.length || (starts[0] ?? Infinity) > border)
    throw new Error(
      'Cannot score: a server that echoes a text with the log-probabilities of its tokens is required, this one sent none',
    );
  const first = starts.findIndex((_, index) => (starts[index + 1] ?? Infinity) > border);
  let sum = 0;
  for (const [index, start] of starts.entries()) {
    if (index < first || start >= end) continue;
    const score = scores[index];
    if (typeof score !== 'number')
      throw new Error(
        'Cannot score: a prompt of at least one token is required, since the first token of a text has no probability',
      );
    sum += score;
  }
  return sum;
}

/** Length as Python counts it, which is how servers give offsets. */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
