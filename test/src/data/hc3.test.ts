import { expect, test } from 'vitest';
import { buildHc3, parseHc3 } from '../../../src/data/hc3.ts';
import { loadTexts } from '../../../src/data/load-text.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const lines = (...rows: object[]) => rows.map(row => JSON.stringify(row)).join('\n');

test('each of ChatGPT’s answers is a dialogue with the question', () => {
  const row = {
    question: 'Why is the sky blue?',
    human_answers: ['It scatters.'],
    chatgpt_answers: ['Light.', 'Air.'],
  };
  expect(parseHc3(lines(row), 'eli5.jsonl')).toEqual(
    ['Light.', 'Air.'].map((content, index) => ({
      id: `eli5.jsonl:1#${index + 1}`,
      turns: [
        { role: 'user', content: 'Why is the sky blue?' },
        { role: 'assistant', content },
      ],
    })),
  );
});

test('line ends that were escaped twice are line ends again, but not in an answer that has others', () => {
  const answers = (text: string) =>
    parseHc3(lines({ question: 'q', chatgpt_answers: [text] }), 'a.jsonl').map(
      ({ turns }) => turns[1]?.content,
    );
  expect(answers('\\nOne.\\nTwo.')).toEqual(['One.\nTwo.']);
  expect(answers('Write "\\n":\nlike so.')).toEqual(['Write "\\n":\nlike so.']);
});

test('a row without answers is refused by its line', () => {
  expect(() => parseHc3(lines({ question: 'q', chatgpt_answers: [] }, { question: 'q' }), 'a.jsonl')).toThrow(
    'Cannot read a.jsonl:2: a question and a list of chatgpt_answers is required',
  );
});

test('empty answers and repeated pairs are dropped', () => {
  const rows = [
    { question: 'q', chatgpt_answers: ['a', '', 'b', 'a'] },
    { question: 'q', chatgpt_answers: ['a'] },
  ];
  expect(buildHc3(parseHc3(lines(...rows), 'a.jsonl'))).toMatchObject({
    dialogues: [{ id: 'a.jsonl:1#1' }, { id: 'a.jsonl:1#3' }],
    counts: [
      { before: 5, after: 4 },
      { before: 4, after: 2 },
    ],
  });
});

test('the published part of HC3 holds 2,061 pairs', WITH_RECORDS, async () => {
  const texts = await loadTexts(['hc3']);
  const { counts } = buildHc3(texts.flatMap(({ text, name }) => parseHc3(text, name)));
  expect(counts.map(({ before, after }) => [before, after])).toEqual([
    [2070, 2070],
    [2070, 2061],
  ]);
});
