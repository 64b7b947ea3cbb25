import type { Continuation } from '../chat/index.ts';
import {
  closeReasoning,
  type EncodedConversation,
  encodeConversation,
  renderChat,
} from '../conversation/index.ts';
import type { ChatMessage } from '../schema.ts';
import type { Vocabulary } from './read-vocabulary.ts';
import type { ScoredSequence } from './token-likelihoods.ts';

/** Encoder of a model's prompts: chats by its template, text as tokens with the one that begins every text. */
export class PromptEncoder {
  readonly #name: string;
  readonly #vocabulary: Vocabulary;
  readonly #context: number;

  constructor(name: string, vocabulary: Vocabulary, context: number) {
    this.#name = name;
    this.#vocabulary = vocabulary;
    this.#context = context;
  }

  /**
   * Writes a prompt after earlier messages.
   *
   * @throws {Error} if the model has no chat template.
   */
  chatText(prompt: string, history: readonly ChatMessage[] = []): string {
    const { chat, ...options } = this.#template();
    return renderChat(chat, asked(prompt, history), options);
  }

  /**
   * Encodes a prompt after earlier messages, as training encodes conversations: no token is put before what the
   * template writes.
   *
   * @throws {Error} if the model has no chat template.
   */
  encodeChat(prompt: string, history: readonly ChatMessage[] = []): EncodedConversation {
    const template = { ...this.#template(), addGenerationPrompt: true };
    return encodeConversation(asked(prompt, history), this.#vocabulary.tokenizer, template);
  }

  #template() {
    const { template: chat, bos, eos } = this.#vocabulary;
    if (chat === undefined)
      throw new Error(`Cannot chat with ${this.#name}: a chat template is required, found none`);
    return { chat, bos, eos };
  }

  /**
   * Encodes a text as the model reads it: with special tokens that it spells, and the one that begins every text, which
   * a text that a chat template wrote has only where the template writes it.
   */
  encode(text: string, isChat = false): number[] {
    const { tokenizer, begin } = this.#vocabulary;
    const ids = tokenizer.encode(text, { allowSpecial: true });
    return isChat || begin === undefined || ids[0] === begin ? ids : [begin, ...ids];
  }

  /** @throws {Error} if a prompt is empty, or leaves no room for an answer. */
  requireRoom(ids: readonly number[]): void {
    const context = this.#context;
    if (ids.length > 0 && ids.length < context) return;
    throw new Error(
      `Cannot answer a prompt of ${ids.length} tokens: 1 to ${context - 1} are required in a context of ${context}`,
    );
  }

  /**
   * Encodes a continuation after its prompt, in a chat the beginning of an answer, without reasoning before it. A token that
   * spans the border between them is scored.
   *
   * @throws {Error} of a chat, if the model has no chat template.
   */
  encodeContinuation({
    prompt,
    continuation,
    chat = false,
    history,
  }: Omit<Continuation, 'id'>): ScoredSequence {
    const read = chat ? closeReasoning(this.chatText(prompt, history)) : prompt;
    const before = this.encode(read, chat);
    const ids = this.encode(read + continuation, chat);
    const differs = before.findIndex((id, at) => ids[at] !== id);
    return { ids, from: differs < 0 ? before.length : differs };
  }
}

function asked(prompt: string, history: readonly ChatMessage[]): ChatMessage[] {
  return [...history, { role: 'user', content: prompt }];
}
