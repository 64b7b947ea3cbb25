import type { ChatMessage, Dialogue } from '../schema.ts';
import { geminiMessages, isMessages, messagesIn } from './conversation-messages.ts';
import { parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, keyOf, type Row } from './row.ts';

/** The names under which a row keeps its turns: ours, OpenAI's for fine-tuning, ShareGPT's, LMSYS-Chat-1M's. */
export const TURN_KEYS = ['turns', 'messages', 'conversations', 'conversation'];

/**
 * Reads dialogues: JSON Lines or a JSON array of rows with `turns`, `messages`, `conversations` or
 * `conversation`, each turn a message of any form that `readMessage` knows; of Alpaca's `instruction`, `input` and
 * `output`; of a `prompt` and its `completion`, each a text or messages; or of Gemini's `contents`. A row without an id is named by its place.
 *
 * @param name the file's name, for errors and ids.
 * @throws {ReadError} naming the place, if a row has no turns, a role is unknown or a turn has no text.
 * @example
 * const text = '{"messages": [{"role": "user", "content": "Hi"}]}'
 * parseDialogues(text, 'mine.jsonl')[0]?.turns // [{ role: 'user', content: 'Hi' }]
 */
export function parseDialogues(text: string, name: string): Dialogue[] {
  const { rows, whole } = parseDocument(text, name);
  return (whole ? [{ at: name, value: whole }] : rows).map(row => ({
    id: idOf(row, ['id']) ?? row.at,
    turns:
      instructionTurns(row) ??
      completionTurns(row) ??
      messagesIn(geminiMessages(row.value) ?? turnsOf(row), row.at),
  }));
}

/** Returns the two turns of a row of Alpaca. */
function instructionTurns(row: Row): ChatMessage[] | undefined {
  const { instruction, output } = withInput(row).value;
  if (typeof instruction !== 'string' || typeof output !== 'string') return undefined;
  return [
    { role: 'user', content: instruction },
    { role: 'assistant', content: output },
  ];
}

/** Returns the turns of a row of a prompt and its completion, as TRL has them. */
function completionTurns({ at, value: { prompt, completion } }: Row): ChatMessage[] | undefined {
  const asked = turnsIn(prompt, 'user', at);
  const answered = turnsIn(completion, 'assistant', at);
  return asked && answered && [...asked, ...answered];
}

/** Returns a text as one turn, or messages as theirs; `undefined` for what is neither. */
function turnsIn(value: unknown, role: ChatMessage['role'], at: string): ChatMessage[] | undefined {
  if (typeof value === 'string') return [{ role, content: value }];
  return isMessages(value) ? messagesIn(value, at) : undefined;
}

/** Returns the user's first message of a dialogue; undefined where no user speaks. */
export function firstQuery({ turns }: Pick<Dialogue, 'turns'>): string | undefined {
  return turns.find(({ role }) => role === 'user')?.content;
}

/** Returns a row's turns. @throws {ReadError} if it has none. */
function turnsOf(row: Row): readonly unknown[] {
  const key = keyOf(row, TURN_KEYS);
  const turns = key === undefined ? undefined : row.value[key];
  if (Array.isArray(turns) && turns.length > 0) return turns;
  throw new ReadError({
    at: row.at,
    required: `a list of turns under ${TURN_KEYS.join(', ')}, instruction and output, or prompt and completion`,
    found: shown(turns ?? row.value),
  });
}

/** Joins an instruction and its `input`, which Alpaca keeps separately, to one prompt. */
export function withInput(row: Row): Row {
  const { instruction, input } = row.value;
  if (typeof instruction !== 'string' || typeof input !== 'string' || input === '') return row;
  return { at: row.at, value: { ...row.value, instruction: `${instruction}\n\n${input}` } };
}
