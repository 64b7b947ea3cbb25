import { basename } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {
  cutAtStop,
  type GenerateOptions,
  generationSettings,
  type LanguageModel,
  type Question,
  renderChat,
} from '../chat/index.ts';
import { loadModel, type Model, modelFacts } from '../model/index.ts';
import { runningSignal, showFacts } from '../notebook/index.ts';
import { secondsSince } from '../runs/index.ts';
import type { ChatMessage, Generation } from '../schema.ts';
import { generateTokens } from './generate-tokens.ts';
import { inference } from './inference.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import type { Vocabulary } from './read-vocabulary.ts';
import { scoreContinuations } from './score-continuations.ts';
import { scoreTokens } from './score-tokens.ts';
import type { ScoredSequence } from './token-likelihoods.ts';

/** How to run a model. */
export interface LocalModelOptions {
  /** The model's name; default that of its folder or file. */
  name?: string | undefined;
  /** Prompts answered, and continuations scored, side by side; default 8. */
  concurrency?: number | undefined;
}

/** A model in memory, computed on the backend in use; shows itself by a few facts. */
export interface LocalModel extends Required<LanguageModel> {
  /** What computes tokens. */
  readonly model: Model;
  /** What writes them as text. */
  readonly vocabulary: Vocabulary;
  /** The tokens of a text as the model reads it: special tokens that it spells, and the one put before it. */
  encode(text: string): number[];
  /** The text that `chat` makes of a prompt after earlier turns. @throws {Error} if the model has no chat template. */
  chatText(prompt: string, history?: readonly ChatMessage[]): string;
  /** Frees the memory; nothing can be generated afterwards. */
  dispose(): void;
}

/**
 * Loads a GPT-2 or LLaMA model with its tokenizer, its weights as float32, onto the backend in use: call
 * `resolveBackend()` before. Prompts are read as Transformers reads them: text that spells a special token is
 * that token. Steps are compiled at their first use and kept, so that later calls are faster than the first.
 *
 * @param path a `.gguf` file; or a folder in Hugging Face's layout with `config.json`, weights, and
 *   `tokenizer.json` or `tokenizer.model`.
 * @throws {Error} if a file is missing or not what its format allows, or `concurrency` is no integer of at least 1.
 * @example
 * await resolveBackend()
 * const model = await localModel('checkpoints/gpt2')
 * for await (const { text } of model.generate([{ id: '1', text: 'The dog' }])) console.log(text)
 */
export async function localModel(path: string, options: LocalModelOptions = {}): Promise<LocalModel> {
  const { name = basename(path), concurrency = 8 } = options;
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    throw new RangeError(
      `Cannot open ${path}: concurrency must be an integer of at least 1, found ${concurrency}`,
    );
  const vocabulary = await loadVocabulary(path);
  const { tokenizer, begin, ends, template, bos, eos } = vocabulary;
  const model = inference(await loadModel(path));
  const { maxPositions } = model.config;

  function chatText(prompt: string, history: readonly ChatMessage[] = []): string {
    if (template === undefined)
      throw new Error(`Cannot chat with ${name}: a chat template is required, found none`);
    return renderChat(template, [...history, { role: 'user', content: prompt }], { bos, eos });
  }

  function encode(text: string): number[] {
    const ids = tokenizer.encode(text, { allowSpecial: true });
    return begin === undefined || ids[0] === begin ? ids : [begin, ...ids];
  }

  /** @throws {Error} if the prompt is empty, or leaves no room for an answer. */
  function promptTokens(text: string): number[] {
    const ids = encode(text);
    if (ids.length > 0 && ids.length < maxPositions) return ids;
    throw new Error(
      `Cannot answer a prompt of ${ids.length} tokens: 1 to ${maxPositions - 1} are required in a context of ${maxPositions}`,
    );
  }

  async function* generate(
    prompts: readonly Question[],
    generation: GenerateOptions = {},
  ): AsyncGenerator<Generation, void, undefined> {
    const { chat, stop, ...settings } = generationSettings(generation);
    const { signal = runningSignal(), onProgress } = generation;
    const text = (ids: readonly number[]) => tokenizer.decode(ids, { skipSpecial: true });
    let done = 0;
    const report = () =>
      onProgress?.({ task: `generate with ${name}`, done, total: prompts.length, unit: 'prompts' });
    report();
    for (let first = 0; first < prompts.length; first += concurrency) {
      const asked: { id: string; ids: number[] }[] = [];
      for (const { id, text: prompt, history } of prompts.slice(first, first + concurrency)) {
        try {
          asked.push({ id, ids: promptTokens(chat ? chatText(prompt, history) : prompt) });
        } catch (error) {
          done++;
          report();
          const { message } = error as Error;
          yield { promptId: id, model: name, text: null, finish: 'error', error: message, evidence: 'live' };
        }
      }
      const stopAfter = (answer: readonly number[]) => cutAtStop(text(answer), stop) !== undefined;
      let start = performance.now();
      const answered = generateTokens(
        model,
        asked.map(({ ids }) => ids),
        { ...settings, stopTokens: ends, signal, ...(stop.length > 0 ? { stopAfter } : {}) },
      );
      for await (const { prompt, ids, finish } of answered) {
        done++;
        report();
        const whole = text(ids);
        const told = performance.now();
        yield {
          promptId: asked[prompt]?.id ?? '',
          model: name,
          text: cutAtStop(whole, stop) ?? whole,
          tokens: ids.length,
          finish,
          evidence: 'live',
          latency: secondsSince(start),
          batch: asked.length,
        };
        // What the reader does with an answer is none of the model's time.
        start += performance.now() - told;
      }
    }
  }

  /** A token that spans the border between prompt and continuation counts. */
  function sequenceOf(prompt: string, continuation: string): ScoredSequence {
    const before = encode(prompt);
    const ids = encode(prompt + continuation);
    const differs = before.findIndex((id, at) => ids[at] !== id);
    return { ids, from: differs < 0 ? before.length : differs };
  }

  const local: LocalModel = {
    name,
    model,
    vocabulary,
    encode,
    chatText,
    generate,
    async score(prompt, continuations, { signal } = {}) {
      const sequences = continuations.map(continuation => sequenceOf(prompt, continuation));
      return scoreTokens(model, sequences, { batch: concurrency, signal });
    },
    scoreEach: (items, scoring = {}) =>
      scoreContinuations(
        { name, model },
        items,
        ({ prompt, continuation }) => sequenceOf(prompt, continuation),
        { batch: concurrency, ...scoring },
      ),
    dispose() {
      model.dispose();
      tf.dispose(model.weights);
    },
  };
  return showFacts(local, () => ({ name, ...modelFacts(model) }));
}
