import type { ChatMessage, Dialogue } from '../schema.ts';
import { parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, keyOf, type Row, rowOf, textOf } from './row.ts';
import { withInput } from './rows.ts';

/** The names under which a row keeps its turns: ours, OpenAI's for fine-tuning, ShareGPT's. */
export const TURN_KEYS = ['turns', 'messages', 'conversations'];

const ROLES: Readonly<Record<string, ChatMessage['role']>> = {
  system: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  chatgpt: 'assistant',
};

/**
 * Reads dialogues: JSON Lines or a JSON array of rows with `turns`, `messages` or `conversations`, each turn a
 * `role` (or `from`) and a `content` (or `value`); or of Alpaca's `instruction`, `input` and `output`. A row without
 * an id is named by its place.
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
    turns: instructionTurns(row) ?? turnsOf(row).map(messageOf),
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

/** Returns the user's first message of a dialogue; undefined where no user speaks. */
export function firstQuery({ turns }: Pick<Dialogue, 'turns'>): string | undefined {
  return turns.find(({ role }) => role === 'user')?.content;
}

/** Returns a row's turns, each with its place. @throws {ReadError} if it has none. */
export function turnsOf(row: Row): Row[] {
  const key = keyOf(row, TURN_KEYS);
  const turns = key === undefined ? undefined : row.value[key];
  if (Array.isArray(turns) && turns.length > 0)
    return turns.map((turn, index) => rowOf(turn, `${row.at} turn ${index + 1}`));
  throw new ReadError({
    at: row.at,
    required: `a list of turns under ${TURN_KEYS.join(', ')}, or instruction and output`,
    found: shown(turns ?? row.value),
  });
}

function messageOf(turn: Row): ChatMessage {
  const from = textOf(turn, ['role', 'from']) ?? '';
  const content = textOf(turn, ['content', 'value']);
  const role = ROLES[from.toLowerCase()];
  if (role && content !== undefined) return { role, content };
  throw new ReadError({
    at: turn.at,
    required: `a role (${Object.keys(ROLES).join(', ')}) and a text`,
    found: shown(turn.value),
  });
}
