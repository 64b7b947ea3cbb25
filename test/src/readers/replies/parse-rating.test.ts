import { describe, expect, test } from 'vitest';
import { parseRating } from '../../../../src/readers/index.ts';

describe('one score is read', () => {
  test.each([
    ['Rating: [[7]]', 7],
    ['The answer is short, with 3 of 5 facts. Rating: [[7.5]]', 7.5],
    ['It is 2024. [[6]] it is.\r\n', 6],
    ['I must say [[5]] or so.\nRating: [[8]]', 8],
    ['Rating: 7', 7],
    ['**Rating:** 7/10', 7],
    ['Rating: [7]', 7],
    ['Overall score: 7/10 – clear, with 2 slips', 7],
    ['Score: 7 (clear)', 7],
    ['My final rating is 7.', 7],
    ['7', 7],
    ['7/10\n\nIt is clear.', 7],
    ['It is clear.\n\n**7**', 7],
    ['{"rating": 7, "explanation": "clear"}', 7],
    ['```json\n{"score": "7/10"}\n```', 7],
    ['<think>Rating: [[3]]</think>Rating: [[7]]', 7],
  ])('%j', (reply, score) => {
    expect(parseRating(reply)).toBe(score);
  });
});

describe('what is no score is unread', () => {
  test.each([
    '',
    'It has 7 of 10 facts.',
    'I would rate it 7 since it is clear.',
    'In 2024 it was so.',
    'Rating: [[11]]',
    'Rating: [[2024]]',
    'Rating: 0',
    'Rating: 7/5',
    'Rating: high',
    'As [7] shows, it holds.',
    'Score: 3 points were missed',
    'It has\n7\nfacts.',
    'f(7)',
    '-7',
    '<think>Rating: [[7]]',
  ])('%j', reply => {
    expect(parseRating(reply)).toBeNull();
  });
});

test('a scale of one’s own bounds the score', () => {
  expect(parseRating('Rating: [[85]]', { scale: { low: 0, high: 100 } })).toBe(85);
  expect(parseRating('Rating: 4/5', { scale: { low: 1, high: 5 } })).toBe(4);
  expect(parseRating('Rating: [[7]]', { scale: { low: 1, high: 5 } })).toBeNull();
});
