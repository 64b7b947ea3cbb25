import type { Continuation, LanguageModel } from '../../chat/index.ts';
import { isChat, type PromptFormat } from '../../evaluate/index.ts';
import { bootstrap, type ResampleOptions } from '../../stats/index.ts';
import { type Measurement, measured } from './measurement.ts';

/** Options of {@link measureHeldOutLoss}. */
export interface HeldOutLossOptions extends ResampleOptions {
  /** `chat` puts each prompt inside the model's role tokens; default `raw`, a line of its own. */
  promptFormat?: PromptFormat | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Measures the mean cross-entropy of texts that the model was not trained on, after their prompts, in nats per token; `n` counts
 * texts, and the 95 % bootstrap interval draws them. Tokens are the model's own: only models of one tokenizer compare.
 *
 * @throws {Error} if the model has no log-likelihoods, or in the prompt format `chat` does not show its role tokens.
 */
export async function measureHeldOutLoss(
  model: LanguageModel,
  texts: readonly Continuation[],
  { promptFormat = 'raw', signal, ...resampling }: HeldOutLossOptions = {},
): Promise<Measurement> {
  const chat = isChat(promptFormat);
  if (!model.scoreEach || (chat && !model.chatText))
    throw new Error(
      `Cannot measure the loss of ${model.name} in the prompt format ${promptFormat}: a model that reports log-likelihoods${chat ? ' and shows its role tokens' : ''} is required`,
    );
  const items = texts.map(({ prompt, ...text }) => ({
    ...text,
    chat,
    prompt: chat ? prompt : `${prompt}\n`,
  }));
  const found = new Map<string, { nats: number; tokens: number }>();
  let reason = 'there is no text';
  for await (const { id, logprob, tokens = 0, error } of model.scoreEach(items, { signal })) {
    if (logprob !== null && tokens > 0) found.set(id, { nats: -logprob, tokens });
    else reason = error ?? 'the model does not tell how many tokens it scored';
  }
  // In the order of the texts, whatever order the scores came in: the bootstrap draws by place.
  const losses = texts.flatMap(({ id }) => found.get(id) ?? []);
  const mean = (indices: Iterable<number>) => {
    let [nats, tokens] = [0, 0];
    for (const index of indices) {
      nats += losses[index]?.nats ?? 0;
      tokens += losses[index]?.tokens ?? 0;
    }
    return tokens === 0 ? null : nats / tokens;
  };
  const n = losses.length;
  const estimate = { value: mean(losses.keys()), ...bootstrap(n, mean, resampling), n };
  return measured('loss.held-out', estimate, texts.length - n, reason);
}
