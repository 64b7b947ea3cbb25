import type { ChatMessage } from '../schema.ts';

/** The last question of a conversation, and the answer to it. */
export interface Exchange {
  /** Messages before the question, such as the system's and earlier turns. */
  history: readonly ChatMessage[];
  prompt: string;
  /** The assistant's last message; its content is not empty. */
  answer: ChatMessage;
}

/**
 * Returns the user's last message with all before it, and the assistant's last message after it that says something;
 * undefined where there is none, as in a conversation that ends with a question or with calls of tools.
 *
 * @example
 * lastExchange([{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hello.' }])?.prompt // 'Hi'
 */
export function lastExchange(messages: readonly ChatMessage[]): Exchange | undefined {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const question = messages[asked];
  const last = messages.slice(asked + 1).findLast(({ role }) => role === 'assistant');
  if (!question || !last || last.content.trim() === '') return undefined;
  return { history: messages.slice(0, asked), prompt: question.content, answer: last };
}
