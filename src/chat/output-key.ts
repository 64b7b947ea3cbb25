import { closeReasoning } from '../conversation/index.ts';
import { hashOf } from '../files/index.ts';
import type { GenerationSettings } from './generation-settings.ts';
import type { Continuation, LanguageModel, Question } from './language-model.ts';

/** Model, and the run in which it is asked: at a server, the same name may be another model in another run. */
export interface AskedModel {
  model: Pick<LanguageModel, 'name' | 'identity' | 'remote' | 'chatText'>;
  /** Id of the run; not used where the model's identity alone decides its outputs. */
  run: string;
}

/** Text and continuations that a model is to score. */
export interface ScoredText extends Pick<Continuation, 'prompt' | 'history' | 'chat' | 'missingLogprob'> {
  continuations: readonly string[];
}

/**
 * Computes the key of an answer: the hash of model, prompt as the model reads it, sampling settings and sample. The id of
 * the prompt is no part of it.
 *
 * @throws {TypeError} if the model has no identity.
 */
export function generationKey(asked: AskedModel, question: Question, settings: GenerationSettings): string {
  const { sample = 0 } = question;
  return hashOf({
    model: identityIn(asked),
    prompt: promptAsRead(asked, question, settings),
    settings,
    sample,
  });
}

/**
 * Computes the key of the log-likelihoods of continuations: the hash of model, prompt and continuations.
 *
 * @throws {TypeError} if the model has no identity.
 */
export function likelihoodKey(
  asked: AskedModel,
  { prompt, history, chat = false, continuations, missingLogprob }: ScoredText,
): string {
  const read = promptAsRead(asked, { text: prompt, history }, { chat });
  const text = typeof read === 'string' && chat ? closeReasoning(read) : read;
  return hashOf({ model: identityIn(asked), prompt: text, continuations, missingLogprob });
}

/** Returns what is known of a model in a run: its identity, and at a server the run as well. */
function identityIn({ model: { name, identity, remote = false }, run }: AskedModel): readonly string[] {
  if (typeof identity !== 'string' || identity === '')
    throw new TypeError(`Cannot keep the outputs of ${name}: a model with an identity is required, got none`);
  return remote ? [identity, run] : [identity];
}

/** Returns the text of a prompt inside role tokens where the model shows it, else its messages. */
function promptAsRead(
  { model }: AskedModel,
  { text, history }: Omit<Question, 'id'>,
  { chat }: Pick<GenerationSettings, 'chat'>,
): unknown {
  if (!chat) return text;
  try {
    const shown = model.chatText?.(text, history);
    if (shown !== undefined) return shown;
  } catch {
    // The model cannot be asked this; its answer will say why.
  }
  return [history ?? [], text];
}
