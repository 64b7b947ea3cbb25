import type { ChatMessage } from '../schema.ts';
import { renderAnswers } from './answer-spans.ts';
import type { TextSpan } from './jinja/index.ts';
import { type ChatOptions, renderConversation } from './render-chat.ts';

/** Tokenizer that states the characters of each token. */
export interface OffsetTokenizer {
  /** Special tokens and their ids. */
  readonly special: Readonly<Record<string, number>>;
  encode(text: string, options?: { allowSpecial?: boolean }): number[];
  encodeWithOffsets(
    text: string,
    options?: { allowSpecial?: boolean },
  ): { ids: number[]; offsets: readonly (readonly [start: number, end: number])[] };
}

/** A model's own chat template, and the special tokens that it may write. */
export interface ConversationTemplate extends ChatOptions {
  /** The Jinja template. */
  chat: string;
}

/** Conversation as a model reads it. */
export interface EncodedConversation {
  /** The text that the template writes. */
  text: string;
  ids: number[];
  /** 1 for each token in the loss, as long as `ids`. */
  lossMask: (0 | 1)[];
  /** Position of each token, from 0 on. */
  positions: number[];
}

/**
 * Encodes a conversation as a model reads it, in training and in inference: rendered once by the model's template, and
 * encoded once, with no token added to those that the template writes, as Transformers' `apply_chat_template` does. With
 * a generation prompt it is a prompt, and no token is in the loss; without one, those of the answers are, and the
 * token that ends each: a token is in an answer if one of its characters is.
 *
 * @param template its `addGenerationPrompt` is false by default.
 * @throws {Error} if the template refuses the conversation, or answers cannot be found in what it writes.
 */
export function encodeConversation(
  messages: readonly ChatMessage[],
  tokenizer: OffsetTokenizer,
  { chat, addGenerationPrompt = false, ...options }: ConversationTemplate,
): EncodedConversation {
  if (addGenerationPrompt) {
    const { text } = renderConversation(chat, messages, { ...options, addGenerationPrompt });
    const ids = tokenizer.encode(text, { allowSpecial: true });
    return { text, ids, lossMask: ids.map(() => 0), positions: [...ids.keys()] };
  }
  const { text, answers } = renderAnswers(chat, messages, endTokens(tokenizer, options), options);
  const { ids, offsets } = tokenizer.encodeWithOffsets(text, { allowSpecial: true });
  return { text, ids, lossMask: maskOf(offsets, answers), positions: [...ids.keys()] };
}

function endTokens({ special }: OffsetTokenizer, { bos, eos }: ChatOptions): string[] {
  return [...Object.keys(special).filter(token => token !== bos), eos ?? ''];
}

/** Returns 1 for each token that holds a character of a span. */
function maskOf(
  offsets: readonly (readonly [start: number, end: number])[],
  spans: readonly TextSpan[],
): (0 | 1)[] {
  let next = 0;
  return offsets.map(([start, end]) => {
    while (start >= (spans[next]?.end ?? Number.POSITIVE_INFINITY)) next += 1;
    const span = spans[next];
    return span && end > span.start ? 1 : 0;
  });
}
