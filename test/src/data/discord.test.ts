import { expect, test } from 'vitest';
import { buildDiscord, parseDiscord } from '../../../src/data/discord.ts';

/** A message as DiscordChatExporter writes it. */
const message = (id: string, content: string, isBot: boolean, to?: string) => ({
  id,
  type: to ? 'Reply' : 'Default',
  timestamp: '2023-02-01T12:00:00.000+00:00',
  content,
  author: { id: isBot ? '900' : '100', name: isBot ? 'ChatGPT' : 'someone', isBot },
  attachments: [],
  ...(to && { reference: { messageId: to, channelId: '1', guildId: '1' } }),
});

const exported = (...messages: object[]) =>
  JSON.stringify({ guild: { id: '1', name: 'r/ChatGPT' }, channel: { id: '1', name: 'bot' }, messages });

test('each reply of a bot to a user is a dialogue, without the mention before the question', () => {
  const text = exported(
    message('1', '<@900> What is 2 + 2?', false),
    message('2', 'hello all', false),
    message('3', '2 + 2 is 4.', true, '1'),
  );
  expect(parseDiscord(text, 'bot.json')).toEqual([
    {
      id: '3',
      turns: [
        { role: 'user', content: 'What is 2 + 2?' },
        { role: 'assistant', content: '2 + 2 is 4.' },
      ],
    },
  ]);
});

test('replies to a bot, of a user, and to messages that are gone are no dialogues', () => {
  const text = exported(
    message('1', 'a', true),
    message('2', 'b', true, '1'),
    message('3', 'c', false, '1'),
    message('4', 'd', true, '77'),
  );
  expect(parseDiscord(text, 'bot.json')).toEqual([]);
});

test('a question occurs once, and empty answers go', () => {
  const text = exported(
    message('1', 'Same?', false),
    message('2', 'Yes.', true, '1'),
    message('3', '@ChatGPT Same?', false),
    message('4', 'Yes again.', true, '3'),
    message('5', 'Other?', false),
    message('6', '', true, '5'),
  );
  expect(buildDiscord(parseDiscord(text, 'bot.json'))).toMatchObject({
    dialogues: [{ id: '2' }],
    counts: [
      { before: 3, after: 2 },
      { before: 2, after: 1 },
    ],
  });
});

test('a file without messages is refused by name', () => {
  expect(() => parseDiscord('{"guild": {}}', 'bot.json')).toThrow(
    'Cannot read bot.json: an object with a list of "messages" is required',
  );
});
