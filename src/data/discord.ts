import {
  idOf,
  isRecord,
  parseDocument,
  ReadError,
  type Row,
  rowOf,
  shown,
  textOf,
} from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';
import { cleanText } from './clean-text.ts';
import { dedupe } from './dedupe.ts';
import { applySteps, type ImitationSet, spokenOnly } from './imitation-set.ts';

/**
 * Reads a channel of Discord as DiscordChatExporter writes it in JSON: each reply of a bot to a message of a user
 * is a dialogue of two turns. The mention of the bot before a question is no part of it.
 *
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the place, if the file holds no list of messages, or a message no content.
 * @example
 * const messages = [
 *   { id: '1', content: '<@9> What is 2 + 2?', author: { isBot: false } },
 *   { id: '2', content: '4.', author: { isBot: true }, reference: { messageId: '1' } },
 * ]
 * parseDiscord(JSON.stringify({ messages }), 'bot.json')[0]?.turns[0]?.content // 'What is 2 + 2?'
 */
export function parseDiscord(text: string, name: string): Dialogue[] {
  const { whole } = parseDocument(text, name);
  if (!Array.isArray(whole?.messages))
    throw new ReadError({
      at: name,
      required: 'an object with a list of "messages"',
      found: shown(whole ?? null),
    });
  const messages = whole.messages.map((message, index) =>
    messageOf(rowOf(message, `${name} messages[${index}]`)),
  );
  const byId = new Map(messages.map(message => [message.id, message]));
  return messages.flatMap(reply => {
    const asked = reply.to === undefined ? undefined : byId.get(reply.to);
    if (!reply.bot || !asked || asked.bot) return [];
    return {
      id: reply.id,
      turns: [
        { role: 'user' as const, content: cleanText(asked.content.replace(/^(?:<@[!&]?\d+>|@\S+)\s*/, '')) },
        { role: 'assistant' as const, content: cleanText(reply.content) },
      ],
    };
  });
}

interface Message {
  id: string;
  content: string;
  /** True if a bot wrote it. */
  bot: boolean;
  /** Id of the message that it replies to. */
  to: string | undefined;
}

function messageOf(row: Row): Message {
  const { author, reference } = row.value;
  const id = idOf(row, ['id']);
  const content = textOf(row, ['content']);
  if (id === undefined || content === undefined || !isRecord(author))
    throw new ReadError({ at: row.at, required: 'an id, a content and an author', found: shown(row.value) });
  const to = isRecord(reference) ? reference.messageId : undefined;
  return { id, content, bot: author.isBot === true, to: typeof to === 'string' ? to : undefined };
}

/**
 * Builds the Discord part of the paper's mix: questions and answers that are not empty, each question once.
 *
 * @example
 * const turns = [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: '' }] as const
 * buildDiscord([{ id: '1', turns }]).dialogues.length // 0
 */
export function buildDiscord(dialogues: readonly Dialogue[]): ImitationSet {
  const { dialogues: kept, counts } = applySteps(dialogues, [
    spokenOnly,
    { name: 'each question once', apply: dedupe },
  ]);
  return { name: 'discord', dialogues: kept, counts };
}
