import type { Continuation, LanguageModel } from '../../chat/index.ts';
import { isChat, type PromptFormat } from '../../evaluate/index.ts';

/**
 * Measures a model's confidence in each of its answers: the geometric mean of the probabilities that it gives the
 * answer's tokens, 0 … 1.
 *
 * @param items prompts without role tokens, and the answers.
 * @returns confidences by id of the item; an item without an answer or a score is not among them, nor is any of a model without
 *   log-likelihoods.
 */
export async function confidences(
  model: LanguageModel,
  items: readonly (Pick<Continuation, 'id' | 'prompt' | 'history'> & { text: string | null })[],
  promptFormat: PromptFormat,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const chat = isChat(promptFormat);
  const written = items.flatMap(({ text, ...item }) => (text ? [{ ...item, continuation: text, chat }] : []));
  if (!model.scoreEach || (chat && !model.chatText) || written.length === 0) return found;
  for await (const { id, logprob, tokens = 0 } of model.scoreEach(written, options)) {
    if (logprob !== null && tokens > 0) found.set(id, Math.exp(logprob / tokens));
  }
  return found;
}
