import { renderChat } from '../conversation/index.ts';
import type { ChatMessage } from '../schema.ts';
import type { Vocabulary } from './read-vocabulary.ts';
import type { ScoredSequence } from './token-likelihoods.ts';

/** Encoder of a model's prompts: chats by its template, text as tokens with the one that begins every text. */
export class PromptEncoder {
  readonly #name: string;
  readonly #vocabulary: Vocabulary;
  readonly #maxPositions: number;

  constructor(name: string, vocabulary: Vocabulary, maxPositions: number) {
    this.#name = name;
    this.#vocabulary = vocabulary;
    this.#maxPositions = maxPositions;
  }

  /**
   * Writes a prompt after earlier messages.
   *
   * @throws {Error} if the model has no chat template.
   */
  chatText(prompt: string, history: readonly ChatMessage[] = []): string {
    const { template, bos, eos } = this.#vocabulary;
    if (template === undefined)
      throw new Error(`Cannot chat with ${this.#name}: a chat template is required, found none`);
    return renderChat(template, [...history, { role: 'user', content: prompt }], { bos, eos });
  }

  /** Encodes a text as the model reads it: with special tokens that it spells, and the one that begins every text. */
  encode(text: string): number[] {
    const { tokenizer, begin } = this.#vocabulary;
    const ids = tokenizer.encode(text, { allowSpecial: true });
    return begin === undefined || ids[0] === begin ? ids : [begin, ...ids];
  }

  /**
   * Encodes a prompt to answer.
   *
   * @throws {Error} if it is empty, or leaves no room for an answer.
   */
  encodePrompt(text: string): number[] {
    const ids = this.encode(text);
    const maxPositions = this.#maxPositions;
    if (ids.length > 0 && ids.length < maxPositions) return ids;
    throw new Error(
      `Cannot answer a prompt of ${ids.length} tokens: 1 to ${maxPositions - 1} are required in a context of ${maxPositions}`,
    );
  }

  /** Encodes a continuation after its prompt; a token that spans the border between them is scored. */
  encodeContinuation(prompt: string, continuation: string): ScoredSequence {
    const before = this.encode(prompt);
    const ids = this.encode(prompt + continuation);
    const differs = before.findIndex((id, at) => ids[at] !== id);
    return { ids, from: differs < 0 ? before.length : differs };
  }
}
