import type { ChatMessage } from '../schema.ts';

/** Speaker of a message, and whether its content is a call of a tool. */
export interface Speaker {
  role: ChatMessage['role'];
  callsTool?: true;
}

/** Names of speakers, in lower case with `_` between words, by their roles. */
const NAMES: Readonly<Record<ChatMessage['role'], readonly string[]>> = {
  system: ['system', 'developer'],
  user: ['user', 'human', 'prompter', 'customer', 'questioner'],
  assistant: ['assistant', 'model', 'bot', 'chatbot', 'ai', 'agent', 'bing', 'bard', 'claude', 'gemini'],
  tool: ['tool', 'function', 'observation', 'ipython', 'environment'],
};

/** `gpt`, `chatgpt`, `gpt-4`, `gpt-3.5-turbo`. */
const GPT = /^(chat)?gpt([_\d.].*)?$/;
const TOOL_RESULT = /^(tool|function)_(response|result|output)$/;
const TOOL_CALL = /^(tool|function)_call$/;

const SPEAKERS = new Map<string, Speaker>(
  Object.entries(NAMES).flatMap(([role, names]) =>
    names.map((name): [string, Speaker] => [name, { role: role as ChatMessage['role'] }]),
  ),
);

/**
 * Finds the role of a speaker by any name in use: `human`, `gpt`, `bard`, `developer`, `observation`, in any case.
 *
 * @returns undefined for a name that is not known.
 */
export function speakerOf(name: string): Speaker | undefined {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/:$/, '')
    .replace(/[\s-]+/g, '_');
  if (GPT.test(key)) return { role: 'assistant' };
  if (TOOL_CALL.test(key)) return { role: 'assistant', callsTool: true };
  if (TOOL_RESULT.test(key)) return { role: 'tool' };
  return SPEAKERS.get(key);
}
