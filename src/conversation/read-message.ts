import type { ChatMessage, ToolCall } from '../schema.ts';
import { type Content, isPart, readContent, readToolCalls, textIn } from './content.ts';
import { MessageError } from './message-error.ts';
import type { SplitText } from './reasoning-marks.ts';
import { speakerOf } from './roles.ts';
import { splitReasoning } from './split-reasoning.ts';

/**
 * Reads one message of any format: its speaker under `role`, `from`, `speaker` or `author`; its content under
 * `content`, `value`, `text` or `parts`, a text or parts of one; calls of tools; reasoning under `reasoning_content`,
 * `reasoning` or `thinking`, in parts, or between marks inside the text. Reasoning never is part of `content`, and
 * neither are calls of tools; `content` is empty where there is nothing else. What others than assistants say is taken
 * as it is.
 *
 * Readers call this for each turn of a conversation, then {@link lastExchange} for the prompt and its answer; for a
 * model's answer alone, such as a column of a table, {@link readAnswer}.
 *
 * @throws {MessageError} if the speaker is unknown, or there is no content that is text; `required` and `found` say
 *   so for a `ReadError` with the place.
 * @example
 * readMessage({ from: 'gpt', value: '<think>Hm.</think>Yes.' }) // { role: 'assistant', content: 'Yes.', reasoning: 'Hm.' }
 */
export function readMessage(message: unknown): ChatMessage {
  if (!isPart(message)) throw new MessageError('a message with a role and a content', message);
  const { role, callsTool } = requireSpeaker(message);
  const raw = rawContent(message);
  if (callsTool) {
    const call: ToolCall = { name: '', arguments: typeof raw === 'string' ? raw : JSON.stringify(raw ?? '') };
    return { role, content: '', toolCalls: [call] };
  }
  const said = readContent(raw);
  const toolCalls = [...said.toolCalls, ...readToolCalls(message)];
  const refusal = refusalOf(message, said);
  if (raw === undefined && toolCalls.length === 0 && refusal === undefined)
    throw new MessageError('a message with a content', message);
  const text = said.text ?? refusal ?? '';
  const { content, reasoning } =
    role === 'assistant' ? withoutReasoning(message, said, text) : { content: text };
  return {
    role,
    content,
    ...(reasoning !== undefined && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

/** Parts of a model's message. */
export interface Said {
  /** Null where there is none. */
  text: string | null;
  refusal: string | undefined;
  reasoning: string | undefined;
  toolCalls: readonly ToolCall[];
}

/** Reads the parts of a model's message, whoever it names as its speaker. */
export function readSaid(message: Readonly<Record<string, unknown>>): Said {
  const said = readContent(rawContent(message));
  const { content, reasoning } = withoutReasoning(message, said, said.text ?? '');
  return {
    text: said.text === null ? null : content,
    refusal: refusalOf(message, said),
    reasoning,
    toolCalls: [...said.toolCalls, ...readToolCalls(message)],
  };
}

function requireSpeaker(message: Readonly<Record<string, unknown>>) {
  const { author } = message;
  const name = message.role ?? message.from ?? message.speaker ?? (isPart(author) ? author.role : author);
  const speaker = typeof name === 'string' ? speakerOf(name) : undefined;
  if (speaker) return speaker;
  throw new MessageError('the role of a user, an assistant, a system or a tool', name);
}

function rawContent({ content, value, text, parts }: Readonly<Record<string, unknown>>): unknown {
  const found = [content, value, text, parts].find(each => each !== undefined);
  // ChatGPT's export keeps the parts of a content one level deeper.
  return isPart(found) && Array.isArray(found.parts) ? found.parts : found;
}

function refusalOf({ refusal }: Readonly<Record<string, unknown>>, said: Content): string | undefined {
  return (typeof refusal === 'string' && refusal !== '' ? refusal : undefined) ?? said.refusal;
}

function withoutReasoning(
  { reasoning_content: deepSeek, reasoning, thinking }: Readonly<Record<string, unknown>>,
  { reasoning: inParts }: Content,
  text: string,
): SplitText {
  const split = splitReasoning(text);
  const named = [deepSeek, reasoning, thinking].map(textIn).find(found => found.trim() !== '');
  const parts = [...inParts, named ?? '', split.reasoning ?? ''].filter(part => part.trim() !== '');
  if (parts.length === 0) return { content: split.content };
  // Servers send the line breaks between reasoning and answer as part of the answer.
  return { content: split.content.trim(), reasoning: parts.join('\n\n') };
}
