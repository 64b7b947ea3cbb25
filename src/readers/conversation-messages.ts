import { MessageError, readMessage } from '../conversation/index.ts';
import type { ChatMessage } from '../schema.ts';
import { ReadError } from './read-error.ts';
import { isRecord, type Row, rowOf } from './row.ts';

/** Names of the field that says who speaks. */
const SPEAKER_FIELDS = ['role', 'from', 'speaker', 'author'];

/** Reports whether a value is a list of messages, each with a speaker. */
export const isMessages = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(item => isRecord(item) && SPEAKER_FIELDS.some(field => field in item));

/**
 * Returns the messages of Gemini's API: `contents`, each with `parts` and the role `user` or `model`, after the text of
 * `systemInstruction`; undefined of a record of anything else.
 */
export function geminiMessages(value: Record<string, unknown>): readonly unknown[] | undefined {
  const { contents, systemInstruction, system_instruction: system = systemInstruction } = value;
  if (!Array.isArray(contents) || contents.length === 0) return undefined;
  if (!contents.every(item => isRecord(item) && Array.isArray(item.parts))) return undefined;
  // A request of one turn may leave out who speaks.
  const turns = contents.map(item => ({ role: 'user', ...item }));
  return isRecord(system) ? [{ ...system, role: 'system' }, ...turns] : turns;
}

/**
 * Reads the messages of a list, whoever wrote it.
 *
 * @param at place of the list's record, for errors.
 * @throws {ReadError} naming the turn, if its speaker is unknown or its content no text.
 */
export function messagesIn(list: readonly unknown[], at: string): ChatMessage[] {
  return list.map((item, index) => messageOf(rowOf(item, `${at} turn ${index + 1}`)));
}

/** Reads one message. @throws {ReadError} naming its place. */
export function messageOf({ at, value }: Row): ChatMessage {
  try {
    return readMessage(value);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw new ReadError({ at, required: error.required, found: error.found });
  }
}

/** Names of speakers in the text of a prompt that is more than a question. */
const SPEAKERS: Readonly<Record<ChatMessage['role'], string>> = {
  system: 'System',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
};

/** Writes messages, of which the last is the question, as one text. */
export function promptOfMessages(messages: readonly ChatMessage[]): string {
  return promptOf(messages.slice(0, -1), messages.at(-1)?.content ?? '');
}

/** Writes a question with the messages before it as one text: the question alone where there are none. */
export function promptOf(history: readonly ChatMessage[], question: string): string {
  if (history.length === 0) return question;
  const said = [
    ...history.filter(({ content }) => content !== ''),
    { role: 'user', content: question } as const,
  ];
  return said.map(({ role, content }) => `${SPEAKERS[role]}: ${content}`).join('\n\n');
}
