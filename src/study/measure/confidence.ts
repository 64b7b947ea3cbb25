import type { LanguageModel } from '../../chat/index.ts';
import type { PromptFormat } from '../../evaluate/index.ts';

/**
 * How sure a model is of what it wrote: the geometric mean of the probabilities that it gives the tokens of each of
 * its answers, 0 … 1.
 *
 * @param items what was asked, before role tokens stand around it, and what it wrote.
 * @returns by id of the item; an item without an answer or a score is not among them, nor is any of a model that tells
 *   no log-likelihoods.
 */
export async function confidences(
  model: LanguageModel,
  items: readonly { id: string; prompt: string; text: string | null }[],
  promptFormat: PromptFormat,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const written = items.flatMap(({ id, prompt, text }) => {
    const asked = promptFormat === 'chat' ? model.chatText?.(prompt) : prompt;
    return text && asked !== undefined ? [{ id, prompt: asked, continuation: text }] : [];
  });
  if (!model.scoreEach || written.length === 0) return found;
  for await (const { id, logprob, tokens = 0 } of model.scoreEach(written, options)) {
    if (logprob !== null && tokens > 0) found.set(id, Math.exp(logprob / tokens));
  }
  return found;
}
