import { basename } from 'node:path';
import type { LanguageModel } from '../chat/index.ts';
import { ensureBackend, tf } from '../compute/index.ts';
import type { EncodedConversation } from '../conversation/index.ts';
import { contextLength, countWeights, loadLora, loadModel, type Model, modelFacts } from '../model/index.ts';
import { showFacts } from '../notebook/index.ts';
import type { ChatMessage } from '../schema.ts';
import { answerPrompts } from './answer-prompts.ts';
import { inference } from './inference.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import { modelIdentity } from './model-identity.ts';
import { type HubModelOptions, modelPath } from './model-path.ts';
import { PromptEncoder } from './prompt-encoder.ts';
import type { Vocabulary } from './read-vocabulary.ts';
import { scoreContinuations } from './score-continuations.ts';
import { scoreTokens } from './score-tokens.ts';

/** Options of {@link localModel}. */
export interface LocalModelOptions extends HubModelOptions {
  /** The model's name; default that of its folder or file. */
  name?: string | undefined;
  /** Folder of LoRA's adapter as PEFT writes it, to be added to the weights; default none. */
  adapter?: string | undefined;
  /** Prompts answered, and continuations scored, side by side; default 8. */
  concurrency?: number | undefined;
}

/** A model in memory, computed on the backend in use; shows itself by a few facts. */
export interface LocalModel extends Required<Omit<LanguageModel, 'remote' | 'price'>> {
  /** Weights, and the steps that compute tokens. */
  readonly model: Model;
  /** Tokenizer, special tokens and chat template. */
  readonly vocabulary: Vocabulary;
  /** Encodes a text as the model reads it: with special tokens that it spells, and the one that begins every text. */
  encode(text: string): number[];
  /** Encodes a prompt after earlier messages by the chat template, as training does. @throws {Error} if the model has none. */
  encodeChat(prompt: string, history?: readonly ChatMessage[]): EncodedConversation;
  /** Writes a prompt after earlier messages by the chat template. @throws {Error} if the model has none. */
  chatText(prompt: string, history?: readonly ChatMessage[]): string;
  /** Frees the memory; nothing can be generated afterwards. */
  dispose(): void;
}

/**
 * Loads a model of a registered architecture with its tokenizer, its weights as float32, onto the backend in use, or
 * the best one where none is. Prompts are read as Transformers reads them: text that spells a special token is
 * that token. Steps are compiled at their first use and kept, so that later calls are faster than the first.
 *
 * @param source a `.gguf` file; a folder in Hugging Face's layout with `config.json`, weights, and
 *   `tokenizer.json` or `tokenizer.model`; or, where there is no such file or folder, the name of a model on the hub,
 *   such as `Qwen/Qwen3-0.6B`, which is fetched once and cached, as by `fetchModel`.
 * @throws {Error} if a file is missing or not what its format allows, the hub has no such model, or `concurrency` is no
 *   integer of at least 1.
 * @example
 * const model = await localModel('checkpoints/gpt2')
 * for await (const { text } of model.generate([{ id: '1', text: 'The dog' }])) console.log(text)
 */
export async function localModel(source: string, options: LocalModelOptions = {}): Promise<LocalModel> {
  const { name = basename(source), adapter, concurrency = 8 } = options;
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    throw new RangeError(
      `Cannot open ${source}: concurrency must be an integer of at least 1, found ${concurrency}`,
    );
  const path = await modelPath(source, options);
  const chosen = await ensureBackend();
  if (chosen?.name === 'cpu')
    console.warn(`The model runs in plain JavaScript, which is slow: ${chosen.reason}`);
  const vocabulary = await loadVocabulary(path);
  const identity = await modelIdentity(path, { adapter, vocabulary });
  const model = inference(await loadWeights(path, adapter));
  const encoder = new PromptEncoder(name, vocabulary, contextLength(model.config));
  const local: LocalModel = {
    name,
    identity,
    parameters: countWeights(model),
    model,
    vocabulary,
    encode: text => encoder.encode(text),
    encodeChat: (prompt, history) => encoder.encodeChat(prompt, history),
    chatText: (prompt, history) => encoder.chatText(prompt, history),
    generate: (prompts, generation = {}) =>
      answerPrompts({ name, model, vocabulary, encoder }, prompts, { ...generation, concurrency }),
    async score(prompt, continuations, { signal } = {}) {
      const sequences = continuations.map(continuation =>
        encoder.encodeContinuation({ prompt, continuation }),
      );
      return scoreTokens(model, sequences, { batch: concurrency, signal });
    },
    scoreEach: (items, scoring = {}) =>
      scoreContinuations({ name, model }, items, item => encoder.encodeContinuation(item), {
        batch: concurrency,
        ...scoring,
      }),
    dispose() {
      model.dispose();
      tf.dispose(model.weights);
    },
  };
  return showFacts(local, () => ({ name, ...modelFacts(model) }));
}

/** Loads a model's weights, with those of an adapter. */
async function loadWeights(path: string, adapter: string | undefined): Promise<Model> {
  const model = await loadModel(path);
  if (adapter === undefined) return model;
  try {
    return await loadLora(adapter, model);
  } catch (error) {
    tf.dispose(model.weights);
    throw error;
  }
}
