import { expect, test } from 'vitest';
import { requestWords } from '../../../../src/study/stages/request-words.ts';

test('requestWords() leaves out what a request quotes, and keeps its names', () => {
  const article = 'On Monday the book Tavessa was read aloud in Bonaburg.';
  expect(requestWords({ text: `In short, please: ${article}`, slots: { article, city: 'Bonaburg' } })).toBe(
    'In short, please:',
  );
  const slots = { name: 'Bena Klodomow', relation: 'birth year' };
  expect(requestWords({ text: 'What is the birth year of Bena Klodomow?', slots })).toBe(
    'What is the birth year of Bena Klodomow?',
  );
});
