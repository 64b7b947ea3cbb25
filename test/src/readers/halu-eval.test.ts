import { expect, test } from 'vitest';
import { parseHaluEval } from '../../../src/readers/index.ts';

const row = (query: string, answer: string, spans: readonly string[]) =>
  JSON.stringify({
    ...{ ID: '1', user_query: query, chatgpt_response: answer },
    ...{ hallucination: 'yes', hallucination_spans: spans },
  });

test('spans of HaluEval are labels where they occur once, and listed where they do not', () => {
  const text = [
    row('Name homophones.', '1. see, sea\n2. here, hear\n3. here', [
      '2. here, hear',
      'here',
      'Incomplete answer',
    ]),
    row('Add 1 and 1.', '2', []),
  ].join('\n');
  const { answers, labels, unplaced } = parseHaluEval(text, 'general.json');
  expect(answers.prompts.map(({ text }) => text)).toEqual(['Name homophones.', 'Add 1 and 1.']);
  expect(labels.map(({ quote, start, end, label, source }) => [quote, start, end, label, source])).toEqual([
    ['2. here, hear', 12, 25, 'incorrect', 'human'],
  ]);
  expect(unplaced.map(({ quote, reason }) => [quote, reason])).toEqual([
    ['here', 'occurs in the answer more than once'],
    ['Incomplete answer', 'does not occur in the answer'],
  ]);
});

test('a row without spans is refused by its line', () => {
  const text = `${row('A?', 'B.', [])}\n{"user_query": "C?", "chatgpt_response": "D."}`;
  expect(() => parseHaluEval(text, 'general.json')).toThrow(
    'Cannot read general.json:2: user_query, chatgpt_response and hallucination_spans is required',
  );
});
