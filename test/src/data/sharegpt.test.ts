import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../../src/data/load-text.ts';
import { buildShareGpt, parseShareGpt } from '../../../src/data/sharegpt.ts';
import { IDENTITY_WORDS } from '../../../src/data/without-words.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const say = (from: string, value: string) => ({ from, value });
const shared = (...dialogues: { from: string; value: string }[][]) =>
  parseShareGpt(
    JSON.stringify(dialogues.map((conversations, i) => ({ id: `d${i}`, conversations }))),
    'dump.json',
  );

describe('reading ShareGPT', () => {
  test('takes an array, one dialogue a file, and one a line', () => {
    const dialogue = { id: 'a_0', conversations: [say('human', 'Hi'), say('gpt', 'Hello')] };
    const expected = [
      {
        id: 'a_0',
        turns: [
          { speaker: 'user', text: 'Hi' },
          { speaker: 'assistant', text: 'Hello' },
        ],
      },
    ];
    expect(parseShareGpt(JSON.stringify([dialogue]), 'dump.json')).toEqual(expected);
    expect(parseShareGpt(JSON.stringify(dialogue), 'a_0.json')).toEqual(expected);
    expect(parseShareGpt(`${JSON.stringify(dialogue)}\n`, 'dump.jsonl')).toEqual(expected);
  });

  test.each(['clippy', 'bard', 'function_call', 'observation', 'tool'])(
    'leaves out and counts a dialogue in which %s speaks',
    async from => {
      const turns = [say('human', 'Hi'), say(from, 'Hello'), say('gpt', 'Hello')];
      expect(shared(turns)[0]?.turns[1]?.speaker).toBe('other');
      const { counts } = await buildShareGpt(shared(turns));
      expect(counts[0]).toEqual({ step: 'answers by ChatGPT alone', before: 1, after: 0 });
    },
  );

  test('names the place of a dialogue without turns', () => {
    expect(() => parseShareGpt('[{"id": 1}]', 'dump.json')).toThrow(
      'Cannot read dump.json[0]: turns under "conversations"',
    );
  });
});

describe('the ShareGPT part of the mix', () => {
  test('begins with a user’s turn and ends with an answer', async () => {
    const { dialogues } = await buildShareGpt(
      shared([
        say('system', 'Be kind.'),
        say('gpt', 'the end of an earlier piece'),
        say('human', 'What is the capital of France?'),
        say('gpt', 'The capital of France is Paris.'),
        say('human', 'Thanks, and one more thing'),
      ]),
    );
    expect(dialogues).toEqual([
      {
        id: 'd0',
        turns: [
          { role: 'user', content: 'What is the capital of France?' },
          { role: 'assistant', content: 'The capital of France is Paris.' },
        ],
      },
    ]);
  });

  test('counts what each filter leaves', async () => {
    const question = say('human', 'What is the tallest mountain in the world?');
    const answer = say('gpt', 'The tallest mountain in the world is Mount Everest.');
    const { dialogues, counts } = await buildShareGpt(
      shared(
        [question, answer],
        [say('human', 'What  is the tallest\nmountain in the world? '), answer],
        [
          say('human', 'Wie hoch ist der höchste Berg der Welt?'),
          say('gpt', 'Der höchste Berg ist der Mount Everest.'),
        ],
        [say('human', 'Are you there?'), say('bing', 'Yes, this is Bing.')],
        [question, question, answer],
        [say('human', 'Who made you?'), say('gpt', 'I am a model that OpenAI has trained, at your service.')],
        [say('gpt', 'Nobody asked')],
        [],
      ),
      { without: IDENTITY_WORDS },
    );
    expect(dialogues.map(({ id }) => id)).toEqual(['d0']);
    expect(counts.map(({ before, after }) => [before, after])).toEqual([
      [8, 7],
      [7, 6],
      [6, 5],
      [5, 4],
      [4, 3],
      [3, 2],
      [2, 1],
    ]);
  });

  test('keeps other languages where the option says so, and code in any case', async () => {
    const german = [
      say('human', 'Wie hoch ist der höchste Berg der Welt?'),
      say('gpt', 'Er ist 8848 Meter hoch.'),
    ];
    const code = [say('human', '```\nSELECT 1\n```'), say('gpt', '```\n1\n```')];
    expect((await buildShareGpt(shared(german, code))).dialogues).toHaveLength(1);
    expect((await buildShareGpt(shared(german, code), { language: 'de' })).dialogues).toHaveLength(2);
    expect((await buildShareGpt(shared(german, code), { language: null })).dialogues).toHaveLength(2);
  });

  test('leaves 953 of the 1,000 published dialogues', WITH_RECORDS, async () => {
    const texts = await loadTexts(['sharegpt']);
    const { counts } = await buildShareGpt(texts.flatMap(({ text, name }) => parseShareGpt(text, name)));
    expect(counts.map(({ after }) => after)).toEqual([1000, 1000, 991, 989, 965, 953]);
  });
});
