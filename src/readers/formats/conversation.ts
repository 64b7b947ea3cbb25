import { lastExchange } from '../../conversation/index.ts';
import type { ChatMessage } from '../../schema.ts';
import { modelOfFile, type ReadOptions } from '../answers.ts';
import { geminiMessages, isMessages, messageOf, messagesIn, promptOf } from '../conversation-messages.ts';
import { isText, listOf } from '../fields.ts';
import type { Entry, EntryAnswer, EntryPrompt, FileFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { ReadError, shown } from '../read-error.ts';
import { categoryOf, idOf, type Row, rowOf, textOf } from '../row.ts';
import { ANSWER_NAMES, PROMPT_NAMES } from '../table/column-names.ts';

const ID = ['id', 'conversation_id', 'conversation_hash', 'prompt_id', 'question_id', 'uuid', 'custom_id'];
const MODEL = ['model', 'model_id', 'model_name', 'generator'];
const TURNS = ['conversation', 'conversations', 'messages', 'turns', 'dialogue', 'dialog'];

/**
 * Conversations: LMSYS-Chat-1M, WildChat, ShareGPT, OpenAI's and Gemini's chat formats, UltraChat. The user's last message with all
 * before it is the prompt, the assistant's last message after it the answer. Where every row ends with the user's
 * message, they are prompts.
 */
export const conversations: FileFormat = {
  name: 'conversations',
  sign: `rows of ${TURNS.join(' | ')}: turns with a role (or from) and a content (or value); or of Gemini's contents`,
  fits: ({ value }) => statedTurns(value) !== undefined && !holdsAnswer(value),
  open: (rows, options) => {
    const ends = rows.map(lastRole).filter(role => role !== undefined);
    const asks = ends.length > 0 && ends.every(role => role === 'user');
    const read = (row: Row) =>
      asks ? questionOf(row) : exchangeOf(row, messagesIn(turnsOf(row), row.at), options);
    return { kind: asks ? 'prompts' : 'answers', read };
  },
};

/** UltraChat's first form: texts of the user and the assistant by turns. */
export const ultraChatTexts: FileFormat = {
  name: 'ultrachat',
  sign: 'rows of data: texts of the user and the assistant by turns',
  fits: ({ value: { data } }) => Array.isArray(data) && data.length > 1 && listOf(isText)(data),
  open: (_, options) => ({
    kind: 'answers',
    read: row => {
      const texts = Array.isArray(row.value.data) ? row.value.data.map(String) : [];
      const messages = texts.map(
        (content, i): ChatMessage => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }),
      );
      return exchangeOf(row, messages, options);
    },
  }),
};

/** Reports whether a record holds a prompt and its answer besides the conversation; these are then read. */
function holdsAnswer(value: Record<string, unknown>): boolean {
  const holds = (names: readonly string[]) => names.some(name => isText(value[name]));
  return holds(PROMPT_NAMES) && holds([...ANSWER_NAMES, 'text']);
}

/** Returns the turns that a record states: under a name of theirs, or as messages of a prompt and of its answer. */
function statedTurns(value: Record<string, unknown>): readonly unknown[] | undefined {
  const own = TURNS.map(name => value[name]).find(isMessages);
  if (own) return own;
  const gemini = geminiMessages(value);
  if (gemini) return gemini;
  if (!isMessages(value.prompt)) return undefined;
  const answer = ANSWER_NAMES.map(name => value[name]).find(said => isText(said) || isMessages(said));
  const said = isText(answer) ? [{ role: 'assistant', content: answer }] : (answer ?? []);
  return [...value.prompt, ...(Array.isArray(said) ? said : [])];
}

/** Returns a row's turns, with the system's message where a field of its own holds it. */
function turnsOf({ at, value }: Row): readonly unknown[] {
  const turns = statedTurns(value);
  const { system } = value;
  const setting = typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }] : [];
  if (turns) return [...setting, ...turns];
  throw new ReadError({ at, required: `turns under ${TURNS.join(', ')}`, found: shown(value) });
}

/** Reads the last exchange of a row's conversation. @throws {ReadError} if it holds no answer. */
function exchangeOf(row: Row, messages: readonly ChatMessage[], options: ReadOptions): Entry {
  const exchange = lastExchange(messages);
  if (!exchange) {
    const last = messages.at(-1);
    const required = 'an answer of the assistant after the user’s last message';
    throw new ReadError({ at: row.at, required, found: last ? shown(last) : 'no message' });
  }
  const model = textOf(row, MODEL) ?? modelOfFile(options);
  return {
    prompt: conversationPrompt(row, exchange.history, exchange.prompt),
    answers: [answerOf(row, model, exchange.answer, options)],
  };
}

function answerOf(
  row: Row,
  model: string,
  { content, reasoning }: ChatMessage,
  options: ReadOptions,
): EntryAnswer {
  const answer = generationOf(row, { model, text: content }, options);
  return reasoning === undefined ? answer : { ...answer, reasoning };
}

/** Returns the role of who speaks last; undefined where that cannot be read. */
function lastRole(row: Row): ChatMessage['role'] | undefined {
  try {
    return messageOf(rowOf(turnsOf(row).at(-1), row.at)).role;
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

function questionOf(row: Row): Entry {
  const messages = messagesIn(turnsOf(row), row.at);
  const question = messages.at(-1)?.content ?? '';
  return { prompt: conversationPrompt(row, messages.slice(0, -1), question), answers: [] };
}

function conversationPrompt(row: Row, history: readonly ChatMessage[], question: string): EntryPrompt {
  const id = idOf(row, ID);
  return { ...(id !== undefined && { id }), text: promptOf(history, question), ...categoryOf(row) };
}
