import { Template } from '@huggingface/jinja';
import { messageOf } from '../runs/index.ts';
import type { ChatMessage } from '../schema.ts';

/** Notation of a conversation: the special tokens a template may write, and where it ends. */
export interface ChatTokens {
  /** Begins a sequence; default none. */
  bos?: string | undefined;
  /** Ends a sequence; default none. */
  eos?: string | undefined;
  /** Continues the text to where the model's answer begins; default true. */
  addGenerationPrompt?: boolean | undefined;
}

/**
 * Writes a conversation as a model's own Jinja template says, by default up to where the model's answer
 * begins: the text that Transformers' `apply_chat_template(…, add_generation_prompt=True)` gives.
 *
 * @throws {Error} if the template is broken, or refuses the conversation.
 */
export function renderChat(
  template: string,
  messages: readonly ChatMessage[],
  { bos = '', eos = '', addGenerationPrompt = true }: ChatTokens = {},
): string {
  try {
    return new Template(template).render({
      // A template may write other fields, such as reasoning, which no prompt has.
      messages: messages.map(({ role, content }) => ({ role, content })),
      bos_token: bos,
      eos_token: eos,
      add_generation_prompt: addGenerationPrompt,
    });
  } catch (error) {
    const roles = messages.map(({ role }) => role).join(', ');
    throw new Error(
      `Cannot write a conversation of ${roles} by the model's chat template: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
