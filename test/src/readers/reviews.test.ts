import { expect, test } from 'vitest';
import { parseReviews } from '../../../src/readers/index.ts';

/** A row of MT-bench's judgements of pairs. */
const judgement = {
  question_id: 81,
  model_1: 'alpaca',
  model_2: 'vicuna',
  g1_winner: 'model_2',
  g2_winner: 'tie',
  judge: ['gpt-4', 'pair-v2'],
  g1_judgment: 'Assistant B is more detailed. [[B]]',
  g2_judgment: 'Both are right. [[C]]',
  turn: 2,
};
const read = (more: object) => parseReviews(JSON.stringify({ ...judgement, ...more }), 'pairs.jsonl');

test('MT-bench’s judgement of a pair is a review in each order', () => {
  expect(read({})).toEqual([
    {
      promptId: '81',
      first: 'alpaca',
      second: 'vicuna',
      turn: 2,
      scores: [0, 1],
      text: 'Assistant B is more detailed. [[B]]',
    },
    {
      promptId: '81',
      first: 'vicuna',
      second: 'alpaca',
      turn: 2,
      scores: [0.5, 0.5],
      text: 'Both are right. [[C]]',
    },
  ]);
});

test.each([
  ['model_1', [0, 1]],
  ['model_2', [1, 0]],
  ['error', null],
])('in the second game, where model_2 is first, the winner %s scores %j', (g2_winner, scores) => {
  expect(read({ g2_winner })[1]?.scores).toEqual(scores);
});

test('a judge who was asked once gives one review; a judgement of one answer is none', () => {
  expect(read({ g2_judgment: null })).toHaveLength(1);
  const single = {
    question_id: 81,
    model: 'alpaca',
    judge: ['gpt-4', 'single-v1'],
    judgment: '[[7]]',
    score: 7,
  };
  expect(() => parseReviews(JSON.stringify(single), 'single.jsonl')).toThrow(
    'Cannot read single.jsonl:1: question_id, answer1_id, answer2_id and text, or MT-bench’s judgement of a pair',
  );
});
