import type { ChatMessage } from '../schema.ts';
import { ANSWER_FIELDS, MOST_LOGPROBS, NEUTRAL_FIELDS, readAnswerFields } from './answer-fields.ts';
import { badField } from './api-error.ts';
import type { ReadRequest } from './completion-request.ts';
import { type Body, booleanField, numberField, requireKnown, shown } from './fields.ts';

/** Fields of agents and modes that no model here has, with the values that change nothing. */
const NEUTRAL = {
  ...NEUTRAL_FIELDS,
  tools: [[]],
  functions: [[]],
  tool_choice: ['none', 'auto'],
  function_call: ['none', 'auto'],
  parallel_tool_calls: [true, false],
  response_format: [{ type: 'text' }],
  modalities: [['text']],
};

const FIELDS = ['messages', 'max_tokens', 'max_completion_tokens', 'logprobs', 'top_logprobs'];

/**
 * Reads the body of `POST /v1/chat/completions`.
 *
 * @throws {ApiError} naming the first field that is not as it must be.
 */
export function readChatRequest(body: Body): ReadRequest {
  const { settings, ...request } = readAnswerFields(body);
  requireKnown(body, [...ANSWER_FIELDS, ...FIELDS], NEUTRAL);
  const range = { least: 1, most: 2 ** 31, integer: true };
  const top = numberField(body, 'top_logprobs', { least: 0, most: MOST_LOGPROBS, integer: true });
  const logprobs = booleanField(body, 'logprobs') ?? false;
  if (top !== undefined && !logprobs)
    throw badField('top_logprobs', 'top_logprobs is only allowed where logprobs is true');
  return {
    ...request,
    prompts: [{ messages: readMessages(body.messages) }],
    settings: {
      ...settings,
      maxTokens: numberField(body, 'max_completion_tokens', range) ?? numberField(body, 'max_tokens', range),
      echo: false,
      logprobs: logprobs ? (top ?? 0) : undefined,
    },
  };
}

/** Roles by what requests call them. */
const ROLES: Readonly<Record<string, ChatMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
};

function readMessages(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages) || messages.length === 0)
    throw badField('messages', `messages must be a list of at least one message, found ${shown(messages)}`);
  const read = messages.map((message: { role?: unknown; content?: unknown } | null, index) => {
    const at = `messages[${index}]`;
    const role = Object.hasOwn(ROLES, String(message?.role)) ? ROLES[String(message?.role)] : undefined;
    if (role === undefined)
      throw badField(
        `${at}.role`,
        `${at}.role must be one of ${Object.keys(ROLES).join(', ')}, found ${shown(message?.role)}`,
      );
    return { role, content: readContent(message?.content, `${at}.content`) };
  });
  if (read.at(-1)?.role === 'user') return read;
  throw badField('messages', `messages must end with a user's turn, found ${read.at(-1)?.role}`);
}

/** Reads a text, or the texts of parts one after the other. */
function readContent(content: unknown, at: string): string {
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? content : [undefined];
  const texts = parts.map((part: { type?: unknown; text?: unknown } | null | undefined) => {
    if (part?.type === 'text' && typeof part.text === 'string') return part.text;
    throw badField(at, `${at} must be a text or a list of parts of type text, found ${shown(content)}`);
  });
  return texts.join('');
}
